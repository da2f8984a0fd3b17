Feature: Renewal
  An access token lives five minutes. While the session lives, the frontend asks the issuer for the next one, and each
  use of the session credential replaces it: the idle limit slides, the absolute limit does not.

  @SES-03 @policy @RFC9700-4.14.2 @issuer @clock
  Rule: A live session gets a new access token, also after the old one has expired
    This is what keeps a person signed in without her password and without a long-lived access token.

    Scenario: A stale session is renewed
      Given Ada's session is stale
      When she asks for a new access token
      Then the answer is granted
      And her session is active

  @RFR-01 @RFR-16 @must @RFC9700-4.14.2 @ASVS-10.4.5 @RFC9068-2.2.1 @issuer @clock
  Rule: A renewal gives a new access token and a new session credential, of the same session
    What dates them changes, and their own ids. Whose session it is, and when its person last proved who she is, never do.

    Scenario Outline: In the <profile> profile a renewal changes only ids and dates
      Given the issuer follows the <profile> profile
      And Ada is signed in
      And 60 seconds have passed
      When she asks for a new access token
      Then her access token differs from the one before in "iat, exp, jti" alone
      And her session credential differs from the one before in "iat, exp, jti" alone

      Examples:
        | profile   |
        | stateless |
        | strict    |

  @RFR-07 @must @ASVS-7.3.1 @RFC9700-4.14.2 @issuer @clock
  Rule: A session that was not used for seven days has lapsed
    A credential that nobody uses is a credential that nobody misses when it is stolen. With the refusal the issuer
    clears the cookie.

    Scenario: The last second before the idle limit still renews
      Given Ada is signed in
      And 604799 seconds have passed
      When she asks for a new access token
      Then the answer is granted

    Scenario: The second of the idle limit is too late
      Given Ada is signed in
      And 604800 seconds have passed
      When she asks for a new access token
      Then the answer is refused as "session_expired"
      And the log gives the reason "idle_limit_passed"
      And her session is signed out

  @RFR-06 @must @ASVS-10.4.8 @ASVS-7.3.2 @BrowserApps-6.3.2.3 @issuer @clock
  Rule: A session ends thirty days after its sign-in, however often it was renewed
    A stolen session that is kept in use would otherwise never end. After the limit only the password opens another.

    Scenario Outline: A session renewed every day for 29 days is <verdict> after <seconds> seconds more
      Given the issuer follows the <profile> profile
      And Ada's session has been renewed every day for 29 days
      And <seconds> seconds have passed
      When she asks for a new access token
      Then the answer is <verdict>

      Examples:
        | profile   | seconds | verdict                      |
        | stateless | 86399   | granted                      |
        | stateless | 86400   | refused as "session_expired" |
        | strict    | 86399   | granted                      |
        | strict    | 86400   | refused as "session_expired" |

  @RFR-09 @RFR-10 @must @ASVS-7.4.2 @ASVS-8.3.2 @issuer @in_process
  Rule: Every renewal reads the account as it is now
    What was true at the sign-in may not be true any more. Nothing of the account is carried from token to token but its id.

    Scenario Outline: The session of an account that was <fate> is <verdict> at its next renewal
      Given Ada is signed in
      And Ada's account has been <fate> by an administrator
      When Ada asks for a new access token
      Then the answer is <verdict>

      Examples:
        | fate                  | verdict                      |
        | left alone            | granted                      |
        | disabled              | refused as "session_revoked" |
        | deleted               | refused as "session_revoked" |
        | signed out everywhere | refused as "session_revoked" |

  @RFR-17 @must @RFC6749-5.1 @issuer
  Rule: The answer to a renewal is never stored

    Scenario: A new access token is stored by no cache
      Given Ada is signed in
      When she asks for a new access token
      Then the answer is never stored
