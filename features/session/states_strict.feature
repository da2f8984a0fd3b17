Feature: States and events, in the strict profile
  The same table for an issuer that counts the renewals of each session. One browser that uses one session, as it should,
  never sees a difference; what the profiles do differently is told under replaced credentials.

  @STA-01 @policy @flow @clock @in_process
  Rule: Every event has the same outcome in the strict profile
    What the strict profile adds is aimed at thieves. It costs an honest person nothing.

    @transitions
    Scenario Outline: A session that is <state>, when it meets "<event>", is <next>
      Given the issuer follows the <profile> profile
      And Ada's session is <state>
      When her session meets "<event>"
      Then the answer is <answer>
      And her session is <next>

      Examples: Signed out
        The browser holds no session credential.

        | profile | state      | event                              | answer                           | next       |
        | strict  | signed out | sign up                            | granted                          | active     |
        | strict  | signed out | sign in with the right password    | granted                          | active     |
        | strict  | signed out | sign in with a wrong password      | refused as "credentials_invalid" | signed out |
        | strict  | signed out | call the API                       | refused as "token_missing"       | signed out |
        | strict  | signed out | ask for a new access token         | refused as "session_missing"     | signed out |
        | strict  | signed out | the access token's lifetime passes | no answer                        | signed out |
        | strict  | signed out | the idle limit passes              | no answer                        | signed out |
        | strict  | signed out | the absolute limit passes          | no answer                        | signed out |
        | strict  | signed out | sign out                           | granted                          | signed out |
        | strict  | signed out | sign out everywhere                | refused as "session_missing"     | signed out |
        | strict  | signed out | change the password                | refused as "session_missing"     | signed out |
        | strict  | signed out | the account is disabled            | no answer                        | signed out |
        | strict  | signed out | a signing key is rotated           | no answer                        | signed out |
        | strict  | signed out | a signing key is withdrawn         | no answer                        | signed out |

      Examples: Active
        The access token is live, and so is the session credential.

        | profile | state  | event                              | answer                           | next       |
        | strict  | active | sign up                            | granted                          | active     |
        | strict  | active | sign in with the right password    | granted                          | active     |
        | strict  | active | sign in with a wrong password      | refused as "credentials_invalid" | active     |
        | strict  | active | call the API                       | granted                          | active     |
        | strict  | active | ask for a new access token         | granted                          | active     |
        | strict  | active | the access token's lifetime passes | no answer                        | stale      |
        | strict  | active | the idle limit passes              | no answer                        | lapsed     |
        | strict  | active | the absolute limit passes          | no answer                        | lapsed     |
        | strict  | active | sign out                           | granted                          | signed out |
        | strict  | active | sign out everywhere                | granted                          | signed out |
        | strict  | active | change the password                | granted                          | active     |
        | strict  | active | the account is disabled            | no answer                        | revoked    |
        | strict  | active | a signing key is rotated           | no answer                        | active     |
        | strict  | active | a signing key is withdrawn         | no answer                        | stale      |

      Examples: Stale
        The access token has expired; the session credential is live.

        | profile | state | event                              | answer                           | next       |
        | strict  | stale | sign up                            | granted                          | active     |
        | strict  | stale | sign in with the right password    | granted                          | active     |
        | strict  | stale | sign in with a wrong password      | refused as "credentials_invalid" | stale      |
        | strict  | stale | call the API                       | refused as "token_expired"       | stale      |
        | strict  | stale | ask for a new access token         | granted                          | active     |
        | strict  | stale | the access token's lifetime passes | no answer                        | stale      |
        | strict  | stale | the idle limit passes              | no answer                        | lapsed     |
        | strict  | stale | the absolute limit passes          | no answer                        | lapsed     |
        | strict  | stale | sign out                           | granted                          | signed out |
        | strict  | stale | sign out everywhere                | granted                          | signed out |
        | strict  | stale | change the password                | granted                          | active     |
        | strict  | stale | the account is disabled            | no answer                        | revoked    |
        | strict  | stale | a signing key is rotated           | no answer                        | stale      |
        | strict  | stale | a signing key is withdrawn         | no answer                        | stale      |

      Examples: Lapsed
        The session has passed its idle or its absolute limit.

        | profile | state  | event                              | answer                           | next       |
        | strict  | lapsed | sign up                            | granted                          | active     |
        | strict  | lapsed | sign in with the right password    | granted                          | active     |
        | strict  | lapsed | sign in with a wrong password      | refused as "credentials_invalid" | lapsed     |
        | strict  | lapsed | call the API                       | refused as "token_expired"       | lapsed     |
        | strict  | lapsed | ask for a new access token         | refused as "session_expired"     | signed out |
        | strict  | lapsed | the access token's lifetime passes | no answer                        | lapsed     |
        | strict  | lapsed | the idle limit passes              | no answer                        | lapsed     |
        | strict  | lapsed | the absolute limit passes          | no answer                        | lapsed     |
        | strict  | lapsed | sign out                           | granted                          | signed out |
        | strict  | lapsed | sign out everywhere                | refused as "session_expired"     | signed out |
        | strict  | lapsed | change the password                | refused as "session_expired"     | signed out |
        | strict  | lapsed | the account is disabled            | no answer                        | lapsed     |
        | strict  | lapsed | a signing key is rotated           | no answer                        | lapsed     |
        | strict  | lapsed | a signing key is withdrawn         | no answer                        | lapsed     |

      Examples: Revoked
        The session was ended from elsewhere; here, because its account is disabled.

        | profile | state   | event                              | answer                           | next       |
        | strict  | revoked | sign up                            | granted                          | active     |
        | strict  | revoked | sign in with the right password    | refused as "credentials_invalid" | revoked    |
        | strict  | revoked | sign in with a wrong password      | refused as "credentials_invalid" | revoked    |
        | strict  | revoked | call the API                       | granted                          | revoked    |
        | strict  | revoked | ask for a new access token         | refused as "session_revoked"     | signed out |
        | strict  | revoked | the access token's lifetime passes | no answer                        | revoked    |
        | strict  | revoked | the idle limit passes              | no answer                        | lapsed     |
        | strict  | revoked | the absolute limit passes          | no answer                        | lapsed     |
        | strict  | revoked | sign out                           | granted                          | signed out |
        | strict  | revoked | sign out everywhere                | refused as "session_revoked"     | signed out |
        | strict  | revoked | change the password                | refused as "session_revoked"     | signed out |
        | strict  | revoked | the account is disabled            | no answer                        | revoked    |
        | strict  | revoked | a signing key is rotated           | no answer                        | revoked    |
        | strict  | revoked | a signing key is withdrawn         | no answer                        | revoked    |
