Feature: Walks
  The tables say what one event does. Whatever comes after whatever, a session never leaves them: each run takes two
  hundred random walks of thirty events, holding every answer and every state against the rows of the tables.

  @STA-02 @policy @flow @clock @in_process
  Rule: No sequence of events leads out of the table
    A walk that does is printed in the form of these scenarios, to be pasted here and kept.

    Scenario: A new key is not used before every API can know it
      Given Ada's session is active
      And her session has met "call the API"
      And her session has met "a signing key is rotated"
      When her session meets "ask for a new access token"
      Then the answer is granted
      And her session is active

    Scenario: Whoever signed out everywhere can sign in and out again
      Given Ada's session is active
      And her session has met "sign out everywhere"
      And her session has met "sign in with the right password"
      When her session meets "sign out"
      Then the answer is granted
      And her session is signed out

    Scenario: Failed sign-ins are forgotten after a quarter of an hour
      Given Ada's session is signed out while five sign-ins have failed
      And 15 minutes have passed
      When her session meets "sign in with the right password"
      Then the answer is granted
      And her session is active

    Scenario: An account that was disabled after its session lapsed opens no new one
      Given Ada's session is lapsed
      And her session has met "the account is disabled"
      When her session meets "sign in with the right password"
      Then the answer is refused as "credentials_invalid"
      And her session is lapsed
