Feature: Replaced credentials
  Each renewal replaces the session credential. What becomes of the old one is where the issuer's two profiles part. The
  strict profile counts: it knows a replaced credential when it sees one, at the price of a number kept for every live
  session. The stateless profile keeps nothing, and pays for it as these scenarios say.

  @RFR-02 @must @ASVS-10.4.5 @issuer @clock
  Rule: A replaced session credential is refused by the strict profile, and renews on in the stateless one
    The ten seconds are for tabs that renew at once and for answers that are lost. The sources ask for the strict profile
    of whoever serves public clients. The stateless one, the default, departs from them; its rows tell the price.

    Scenario Outline: In the <profile> profile a credential replaced <seconds> seconds ago is <verdict>
      Given the issuer follows the <profile> profile
      And Ada's session is stale
      And Mallory holds a copy of Ada's session credential
      And Ada's session has met "ask for a new access token"
      And <seconds> seconds have passed
      When Mallory asks for a new access token
      Then the answer is <verdict>

      Examples: The strict profile
        | profile | seconds | verdict                      |
        | strict  | 9       | granted                      |
        | strict  | 10      | refused as "session_revoked" |

      Examples: The price of the stateless profile
        It renews until it lapses: seven days after it was issued, which is 330 seconds before it was replaced.

        | profile   | seconds | verdict                      |
        | stateless | 10      | granted                      |
        | stateless | 604469  | granted                      |
        | stateless | 604470  | refused as "session_expired" |

    Scenario: The refusal of a replaced credential has a reason of its own
      Given the issuer follows the strict profile
      And Ada's session is stale
      And Mallory holds a copy of Ada's session credential
      And Ada's session has met "ask for a new access token"
      And 10 seconds have passed
      When Mallory asks for a new access token
      Then the answer is refused as "session_revoked"
      And the log gives the reason "credential_reused"

  @RFR-03 @must @ASVS-10.4.5 @RFC9700-4.14.2 @issuer @clock
  Rule: Whoever uses a replaced credential ends the whole session in the strict profile, and goes unnoticed in the stateless one
    Nobody can tell the thief from the owner. So in the strict profile neither keeps the session, not even with its
    newest credential; the stateless one, the default, departs from the sources and keeps nothing that could tell.

    Scenario Outline: In the <profile> profile Ada's session is <state> after Mallory used what it replaced
      Given the issuer follows the <profile> profile
      And Ada is signed in
      And 10 seconds have passed
      And Mallory holds a copy of Ada's session credential
      And Ada's session has met "ask for a new access token"
      And 10 seconds have passed
      When Mallory asks for a new access token
      Then Ada's session is <state>

      Examples:
        | profile   | state   |
        | strict    | revoked |
        | stateless | active  |

  @RFR-13 @policy @RFC9700-4.14.2 @OAuth2.1-4.3.1 @issuer @clock
  Rule: A credential stolen from one device and used on another is noticed by the strict profile, and not by the stateless one
    It does not matter who renews first. In the strict profile the second of the two is refused, and then the first one too.

    Scenario Outline: In the <profile> profile the owner, who renews after the thief, is <verdict>
      Given the issuer follows the <profile> profile
      And Ada's session is stale
      And Mallory holds a copy of Ada's session credential
      And Mallory's session has met "ask for a new access token"
      And 10 seconds have passed
      When Ada asks for a new access token
      Then the answer is <verdict>
      And Mallory's session is <state>

      Examples:
        | profile   | verdict                      | state   |
        | strict    | refused as "session_revoked" | revoked |
        | stateless | granted                      | active  |

  @RFR-04 @policy @RFC9700-4.14.2 @ASVS-15.4.2 @issuer
  Rule: Two tabs that renew at once both stay signed in, and there is still one session
    Tabs share the cookie and not their timing. An honest person must never be signed out for having two.

    Scenario Outline: In the <profile> profile two tabs that renew at once get <sameness>
      Given the issuer follows the <profile> profile
      And Ada's session is stale
      When she asks for a new access token in two tabs at once
      Then the answer is granted
      And both renewals gave <sameness>
      And her session is active

      Examples:
        | profile   | sameness                    |
        | strict    | the same session credential |
        | stateless | two session credentials     |

  @RFR-05 @policy @issuer @clock
  Rule: Who asks again because the answer was lost gets it again
    Within ten seconds the strict profile gives the same successor. Later it cannot tell a lost answer from a theft.

    Scenario Outline: In the <profile> profile a renewal repeated after <seconds> seconds is <verdict>
      Given the issuer follows the <profile> profile
      And Ada's session is stale
      And the answer to her renewal was lost
      And <seconds> seconds have passed
      When she asks for a new access token
      Then the answer is <verdict>

      Examples:
        | profile   | seconds | verdict                      |
        | strict    | 9       | granted                      |
        | strict    | 10      | refused as "session_revoked" |
        | stateless | 10      | granted                      |

    Scenario: In the strict profile the repeated renewal gives the credential whose answer was lost
      Given the issuer follows the strict profile
      And Ada's session is stale
      And the answer to her renewal was lost
      When she asks for a new access token
      Then both renewals gave the same session credential
      And her session is active
