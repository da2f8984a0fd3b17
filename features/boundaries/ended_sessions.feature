Feature: Ended sessions
  What the issuer remembers is not who is signed in, but what has ended: in the account's record, which every instance
  reads at every renewal.

  @CAC-04 @CAC-07 @must @ASVS-7.4.1 @issuer @in_process
  Rule: The end of a session is heeded at once, by every instance of the issuer
    No instance keeps a copy of a session, not even for a minute: a copy would be honoured for as long as it is kept.

    Scenario Outline: In the <profile> profile a copied credential is refused by <instance> that renewed it a moment ago
      Given the issuer follows the <profile> profile
      And Ada is signed in
      And Ada has asked <instance> of the issuer for a new access token
      And Mallory holds a copy of Ada's session credential
      And Ada has signed out
      When Mallory asks <instance> of the issuer for a new access token
      Then the answer is refused as "session_revoked"

      Examples:
        | profile   | instance            |
        | stateless | the first instance  |
        | stateless | the second instance |
        | stateless | a new instance      |
        | strict    | the first instance  |
        | strict    | the second instance |

    Scenario Outline: A session that was not ended is renewed by <instance>
      Given Ada is signed in
      And Ada has asked the second instance of the issuer for a new access token
      When she asks <instance> of the issuer for a new access token
      Then the answer is granted

      Examples:
        | instance            |
        | the first instance  |
        | the second instance |
        | a new instance      |

    Scenario: A deleted account's session is refused by the instance that renewed it a moment ago
      Given Ada is signed in
      And Mallory holds a copy of Ada's session credential
      And Mallory has asked the second instance of the issuer for a new access token
      And Ada has deleted her account
      When Mallory asks the second instance of the issuer for a new access token
      Then the answer is refused as "session_revoked"

  @DOS-08 @policy @CheatSheet-JWT @issuer @clock @in_process
  Rule: An account remembers 32 ended sessions, each until it would have lapsed anyway
    So its record cannot be made to grow. Whoever signs out of one more is signed out of all: the safe way to forget.

    Scenario Outline: Having signed out of <count> other sessions, a person who asks for a token is <verdict>
      Given Ada is signed in
      And Ada has signed out of <count> other sessions
      When she asks for a new access token
      Then the answer is <verdict>

      Examples:
        | count | verdict                      |
        | 32    | granted                      |
        | 33    | refused as "session_revoked" |

    Scenario Outline: An end that was remembered for 7 days and <seconds> seconds is <remembered>
      Given Ada has signed out of 32 other sessions
      And 7 days have passed
      And <seconds> seconds have passed
      And Ada is signed in
      And Ada has signed out of 2 other sessions
      When she asks for a new access token
      Then the answer is <verdict>

      Examples:
        | seconds | remembered     | verdict                      |
        | 29      | still one more | refused as "session_revoked" |
        | 30      | forgotten      | granted                      |

    Scenario: Whoever was signed out of all starts with an empty record
      Given Ada has signed out of 33 other sessions
      And Ada is signed in
      And Ada is signed in on a second device
      When she signs out
      Then Ada's session on the second device is active
