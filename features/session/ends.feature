Feature: How a session ends for good
  An ended session stays ended: for every copy of its credential, however it is spelled, in every tab, and while the records
  that say so cannot be read. And it ends alone: other people's sessions are none of its business.

  @LGO-04 @policy @CheatSheet-JWT @issuer
  Rule: An ended session is known by its id, so no other spelling or successor of its credential revives it
    A list of forbidden credentials would be a list of texts, and a text has many spellings.

    Scenario Outline: A credential of an ended session whose <segment> is <spelling> is <verdict>
      Given Ada holds a session credential
      And Ada has signed out
      And its <segment> is <spelling>
      And Ada uses it as a session credential
      When Ada asks for a new access token
      Then the answer is <verdict>

      Examples:
        | segment   | spelling                         | verdict                      |
        | signature | as it was made                   | refused as "session_revoked" |
        | signature | spelled with its unused bits set | refused as "session_missing" |
        | signature | followed by "=="                 | refused as "session_missing" |
        | payload   | followed by "="                  | refused as "session_missing" |

    Scenario: What a copy was renewed to before the sign-out ends with it
      Given Ada is signed in
      And Mallory holds a copy of Ada's session credential
      And Mallory's session has met "ask for a new access token"
      And Ada has signed out
      When Mallory asks for a new access token
      Then the answer is refused as "session_revoked"

  @LGO-07 @must @ASVS-7.5.2 @ASVS-8.2.2 @issuer
  Rule: Who ends a session ends her own: this one, or all of them
    There is no way to name a session, so none to name somebody else's.

    Scenario Outline: In the <profile> profile, after "<event>" the session on the second device is <state>
      Given the issuer follows the <profile> profile
      And Grace is signed in
      And Ada is signed in
      And Ada is signed in on a second device
      When Ada's session meets "<event>"
      Then Ada's session on the second device is <state>
      And Grace's session is active

      Examples:
        | profile   | event               | state   |
        | stateless | sign out            | active  |
        | stateless | sign out everywhere | revoked |
        | strict    | sign out            | active  |
        | strict    | sign out everywhere | revoked |

  @LGO-08 @must @ASVS-7.4.1 @ASVS-15.4.2 @issuer @clock
  Rule: A sign-out wins against a renewal that happens at the same time
    Whichever of the two the issuer sees first, no credential that either has or gets opens anything afterwards.

    Scenario Outline: In the <profile> profile, signing out in one tab ends what another renews, <order>
      Given the issuer follows the <profile> profile
      And Ada is signed in
      And 60 seconds have passed
      When she signs out in one tab and asks for a new access token in another, <order>
      Then the answer is granted
      And every session credential that Ada ever held is refused as "session_revoked"

      Examples:
        | profile   | order           |
        | stateless | a moment before |
        | stateless | at once         |
        | stateless | a moment later  |
        | strict    | a moment before |
        | strict    | at once         |
        | strict    | a moment later  |

  @LGO-09 @must @ASVS-16.5.3 @issuer @in_process
  Rule: Without its records the issuer renews nothing
    Whether the session was ended stands in the records. An issuer that cannot read them does not guess; it asks for patience.

    Scenario Outline: In the <profile> profile nothing is renewed while the records cannot be read
      Given the issuer follows the <profile> profile
      And Ada is signed in
      And the issuer's records cannot be read
      When Ada asks for a new access token
      Then the answer is refused as "issuer_unavailable"
      And it answers problem details with the code "issuer_unavailable" and the status 503
      And the answer carries these headers:
        | header      | value |
        | Retry-After | 5     |

      Examples:
        | profile   |
        | stateless |
        | strict    |

    Scenario Outline: In the <profile> profile the session goes on once the records can be read again
      Given the issuer follows the <profile> profile
      And Ada is signed in
      And the issuer's records cannot be read
      And the issuer's records can be read again
      When Ada asks for a new access token
      Then the answer is granted

      Examples:
        | profile   |
        | stateless |
        | strict    |
