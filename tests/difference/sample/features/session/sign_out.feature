Feature: Signing out

  @STA-02 @policy @flow
  Rule: A session that was signed out is not renewed

    Scenario: A renewal after signing out is refused
      Given Ada's session is active
      And her session has met "sign out"
      When her session meets "renew"
      Then the answer is refused as "session_missing"
