Feature: Statelessness
  The API keeps nothing about a session. All that it needs to judge a token is the token, the issuer's key set and the
  time; so any instance, started at any moment, gives the same answer, and none asks anybody.

  @STL-01 @policy @api @clock @in_process
  Rule: Every instance of the API gives the same answer to the same token
    Instances share nothing: no store, no cache, no memory of who was here. One that has just started knows as much as
    one that has served for a year.

    Scenario Outline: A token that was accepted by the first instance is accepted by <instance>
      Given Ada holds an access token
      And Ada has presented it
      And 10 seconds have passed
      When she presents it to <instance> of the API
      Then access is granted

      Examples:
        | instance            |
        | the first instance  |
        | the second instance |
        | a new instance      |

    Scenario Outline: A forged token is refused by <instance> for the same reason
      Given Mallory holds an access token
      And it is signed with another key
      And Mallory has presented it
      When Mallory presents it to <instance> of the API
      Then access is refused as "token_invalid"
      And the log gives the reason "signature_wrong"

      Examples:
        | instance            |
        | the first instance  |
        | the second instance |
        | a new instance      |

  @STL-02 @policy @flow @clock @in_process
  Rule: A restart signs nobody out
    The API has nothing to lose. The issuer has its keys and its accounts, and they are in its records.

    Scenario Outline: An access token is accepted after <party> has restarted
      Given Ada holds an access token
      And 10 seconds have passed
      And <party> has restarted
      When she presents it
      Then access is granted

      Examples:
        | party      |
        | the API    |
        | the issuer |

    Scenario Outline: A session is renewed after <party> has restarted, in the <profile> profile
      Given the issuer follows the <profile> profile
      And Ada is signed in
      And <party> has restarted
      When she asks for a new access token
      Then the answer is granted

      Examples:
        | party      | profile   |
        | the API    | stateless |
        | the issuer | stateless |
        | the issuer | strict    |

    Scenario: An access token from before the issuer's restart is accepted by an API that starts after it
      Given Ada holds an access token
      And the issuer has restarted
      When she presents it to a new instance of the API
      Then access is granted

    Scenario: A session that was ended before the issuer's restart is refused after it
      Given Ada is signed in
      And Mallory holds a copy of Ada's session credential
      And Ada has signed out
      And the issuer has restarted
      When Mallory asks for a new access token
      Then the answer is refused as "session_revoked"

  @STL-03 @policy @api @in_process
  Rule: With a key set at hand, verifying a token asks nobody
    No introspection, no session store, no list of what was revoked: a call costs one signature check.

    Scenario: A thousand tokens are accepted with one fetch of the key set
      When Ada presents 1000 tokens that differ in their ids alone
      Then access is granted each time
      And the API has fetched the key set once

    Scenario: Nothing is ever asked of the issuer but its key set
      Given Ada has presented 10 tokens that differ in their ids alone
      And Grace holds an access token
      When Grace presents it
      Then access is granted
      And the API fetches nothing but its issuer's key set
