Feature: Sign-out
  Signing out ends the session at the issuer, at once. What was already issued to the API is another matter: the API
  keeps nothing about sessions, so an access token lives out its minutes. That is the price of statelessness.

  @RFR-11 @must @ASVS-7.4.1 @issuer
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

  @LGO-03 @must @ASVS-7.4.1 @flow @clock
  Rule: An access token outlives sign-out by its own lifetime at most
    The bound is the token's 300 seconds and the API's leeway of 30, and it is stated, not hidden.

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
