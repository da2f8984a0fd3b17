Feature: Renewal
  An access token lives five minutes. While the session lives, the frontend asks the issuer for the next one, and each
  use of the session credential replaces it: the idle limit slides, the absolute limit does not.

  @SES-03 @policy @issuer @clock
  Rule: A live session gets a new access token, also after the old one has expired
    This is what keeps a person signed in without her password and without a long-lived access token.

    Scenario: A stale session is renewed
      Given Ada's session is stale
      When she asks for a new access token
      Then the answer is granted
      And her session is active

  @RFR-07 @should @ASVS-7.3.1 @RFC9700-4.14.2 @issuer @clock
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
      And her session is signed out
