Feature: States and events
  Every state of a session meets every event that can happen to it. Each row of these tables is driven for real: the
  session is brought into its state by the event that leads there, the next event is sent, and the state that follows is
  read from what the issuer and the API then answer.

  @STA-01 @policy @flow @clock @in_process
  Rule: Every event has exactly one outcome in every state
    Fourteen events in five states, and no cell is left to chance. A browser drops its cookie when a session lapses; the
    issuer does not rely on that.

    @transitions
    Scenario Outline: A session that is <state>, when it meets "<event>", is <next>
      Given the issuer follows the <profile> profile
      And Ada's session is <state>
      When her session meets "<event>"
      Then the answer is <answer>
      And her session is <next>

      Examples: Signed out
        The browser holds no session credential.

        | profile   | state      | event                              | answer                           | next       |
        | stateless | signed out | sign up                            | granted                          | active     |
        | stateless | signed out | sign in with the right password    | granted                          | active     |
        | stateless | signed out | sign in with a wrong password      | refused as "credentials_invalid" | signed out |
        | stateless | signed out | call the API                       | refused as "token_missing"       | signed out |
        | stateless | signed out | ask for a new access token         | refused as "session_missing"     | signed out |
        | stateless | signed out | the access token's lifetime passes | no answer                        | signed out |
        | stateless | signed out | the idle limit passes              | no answer                        | signed out |
        | stateless | signed out | the absolute limit passes          | no answer                        | signed out |
        | stateless | signed out | sign out                           | granted                          | signed out |
        | stateless | signed out | sign out everywhere                | refused as "session_missing"     | signed out |
        | stateless | signed out | change the password                | refused as "session_missing"     | signed out |
        | stateless | signed out | the account is disabled            | no answer                        | signed out |
        | stateless | signed out | a signing key is rotated           | no answer                        | signed out |
        | stateless | signed out | a signing key is withdrawn         | no answer                        | signed out |

      Examples: Active
        The access token is live, and so is the session credential.

        | profile   | state  | event                              | answer                           | next       |
        | stateless | active | sign up                            | granted                          | active     |
        | stateless | active | sign in with the right password    | granted                          | active     |
        | stateless | active | sign in with a wrong password      | refused as "credentials_invalid" | active     |
        | stateless | active | call the API                       | granted                          | active     |
        | stateless | active | ask for a new access token         | granted                          | active     |
        | stateless | active | the access token's lifetime passes | no answer                        | stale      |
        | stateless | active | the idle limit passes              | no answer                        | lapsed     |
        | stateless | active | the absolute limit passes          | no answer                        | lapsed     |
        | stateless | active | sign out                           | granted                          | signed out |
        | stateless | active | sign out everywhere                | granted                          | signed out |
        | stateless | active | change the password                | granted                          | active     |
        | stateless | active | the account is disabled            | no answer                        | revoked    |
        | stateless | active | a signing key is rotated           | no answer                        | active     |
        | stateless | active | a signing key is withdrawn         | no answer                        | stale      |

      Examples: Stale
        The access token has expired; the session credential is live.

        | profile   | state | event                              | answer                           | next       |
        | stateless | stale | sign up                            | granted                          | active     |
        | stateless | stale | sign in with the right password    | granted                          | active     |
        | stateless | stale | sign in with a wrong password      | refused as "credentials_invalid" | stale      |
        | stateless | stale | call the API                       | refused as "token_expired"       | stale      |
        | stateless | stale | ask for a new access token         | granted                          | active     |
        | stateless | stale | the access token's lifetime passes | no answer                        | stale      |
        | stateless | stale | the idle limit passes              | no answer                        | lapsed     |
        | stateless | stale | the absolute limit passes          | no answer                        | lapsed     |
        | stateless | stale | sign out                           | granted                          | signed out |
        | stateless | stale | sign out everywhere                | granted                          | signed out |
        | stateless | stale | change the password                | granted                          | active     |
        | stateless | stale | the account is disabled            | no answer                        | revoked    |
        | stateless | stale | a signing key is rotated           | no answer                        | stale      |
        | stateless | stale | a signing key is withdrawn         | no answer                        | stale      |

      Examples: Lapsed
        The session has passed its idle or its absolute limit.

        | profile   | state  | event                              | answer                           | next       |
        | stateless | lapsed | sign up                            | granted                          | active     |
        | stateless | lapsed | sign in with the right password    | granted                          | active     |
        | stateless | lapsed | sign in with a wrong password      | refused as "credentials_invalid" | lapsed     |
        | stateless | lapsed | call the API                       | refused as "token_expired"       | lapsed     |
        | stateless | lapsed | ask for a new access token         | refused as "session_expired"     | signed out |
        | stateless | lapsed | the access token's lifetime passes | no answer                        | lapsed     |
        | stateless | lapsed | the idle limit passes              | no answer                        | lapsed     |
        | stateless | lapsed | the absolute limit passes          | no answer                        | lapsed     |
        | stateless | lapsed | sign out                           | granted                          | signed out |
        | stateless | lapsed | sign out everywhere                | refused as "session_expired"     | signed out |
        | stateless | lapsed | change the password                | refused as "session_expired"     | signed out |
        | stateless | lapsed | the account is disabled            | no answer                        | lapsed     |
        | stateless | lapsed | a signing key is rotated           | no answer                        | lapsed     |
        | stateless | lapsed | a signing key is withdrawn         | no answer                        | lapsed     |

      Examples: Revoked
        The session was ended from elsewhere; here, because its account is disabled.

        | profile   | state   | event                              | answer                           | next       |
        | stateless | revoked | sign up                            | granted                          | active     |
        | stateless | revoked | sign in with the right password    | refused as "credentials_invalid" | revoked    |
        | stateless | revoked | sign in with a wrong password      | refused as "credentials_invalid" | revoked    |
        | stateless | revoked | call the API                       | granted                          | revoked    |
        | stateless | revoked | ask for a new access token         | refused as "session_revoked"     | signed out |
        | stateless | revoked | the access token's lifetime passes | no answer                        | revoked    |
        | stateless | revoked | the idle limit passes              | no answer                        | lapsed     |
        | stateless | revoked | the absolute limit passes          | no answer                        | lapsed     |
        | stateless | revoked | sign out                           | granted                          | signed out |
        | stateless | revoked | sign out everywhere                | refused as "session_revoked"     | signed out |
        | stateless | revoked | change the password                | refused as "session_revoked"     | signed out |
        | stateless | revoked | the account is disabled            | no answer                        | revoked    |
        | stateless | revoked | a signing key is rotated           | no answer                        | revoked    |
        | stateless | revoked | a signing key is withdrawn         | no answer                        | revoked    |
