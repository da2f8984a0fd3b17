Feature: Sign-out
  Signing out ends the session at the issuer, at once. What was already issued to the API is another matter: the API
  keeps nothing about sessions, so an access token lives out its minutes. That is the price of statelessness.

  @RFR-11 @LGO-02 @must @ASVS-7.4.1 @WSTG-SESS-06 @issuer
  Rule: A session that was signed out gives no more access tokens
    The issuer remembers the session's id as ended, so a copy of the cookie is as dead as the original.

    Scenario: Signing out ends the session
      Given Ada is signed in
      When she signs out
      Then the answer is granted
      And her session is signed out

    Scenario: A copy of the session credential is refused after sign-out
      Given Ada is signed in
      And Mallory holds a copy of Ada's session credential
      And Ada has signed out
      When Mallory asks for a new access token
      Then the answer is refused as "session_revoked"

    Scenario Outline: In the <profile> profile a copy of the session credential is refused with the reason "session_ended"
      Given the issuer follows the <profile> profile
      And Ada is signed in
      And Mallory holds a copy of Ada's session credential
      And Ada has signed out
      When Mallory asks for a new access token
      Then the answer is refused as "session_revoked"
      And the log gives the reason "session_ended"

      Examples:
        | profile   |
        | stateless |
        | strict    |

  @LGO-03 @policy @ASVS-7.4.1 @flow @clock
  Rule: An access token outlives sign-out by its own lifetime at most
    ASVS 7.4.1 asks that no further use of the session be possible. It is so for the session credential, at once; for an
    access token already issued it is not, for its 300 seconds and the API's leeway of 30. The bound is stated, not hidden.

    Scenario: The access token is still accepted in the last second of its life
      Given Ada is signed in
      And Ada has signed out
      And 329 seconds have passed
      When she presents it
      Then access is granted

    Scenario: The access token is refused when its life is over
      Given Ada is signed in
      And Ada has signed out
      And 330 seconds have passed
      When she presents it
      Then access is refused as "token_expired"

  @LGO-01 @LGO-06 @LGO-12 @must @ASVS-14.3.1 @ASVS-7.4.1 @issuer @clock @in_process
  Rule: Signing out clears the browser, whatever became of the session
    The cookie goes by the attributes it was set with, or it would stay. Caches and storage go with it. Someone who wants to
    leave is never told that she cannot.

    Scenario Outline: Signing out of a session that is <state> clears the browser
      Given Ada's session is <state>
      When she signs out
      Then the answer is granted
      And the answer carries these headers:
        | header          | value                                                              |
        | Set-Cookie      | __Host-session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax |
        | Clear-Site-Data | "cache", "storage"                                                 |
        | Cache-Control   | no-store                                                           |
      And her session is signed out

      Examples:
        | state      |
        | active     |
        | stale      |
        | lapsed     |
        | revoked    |
        | signed out |

  @LGO-05 @must @ASVS-3.5.3 @issuer
  Rule: Only a page of the frontend can sign somebody out
    A link or a foreign page that does so is a nuisance today, and a part of some attack tomorrow.

    Scenario Outline: A sign-out by requests that <habit> is <verdict>, and the session is <state>
      Given Ada is signed in
      And her requests <habit>
      When she signs out
      Then the answer is <verdict>
      And her session is <state>

      Examples:
        | habit                                          | verdict                         | state      |
        | come from a page of "https://app.example.test" | granted                         | signed out |
        | come from a page of "https://evil.example"     | refused as "origin_untrusted"   | active     |
        | come from no page                              | refused as "origin_untrusted"   | active     |
        | go by GET                                      | refused as "method_not_allowed" | active     |
