Feature: States and events
  Every state of a session meets every event that can happen to it. Each row of these tables is driven for real: the
  session is brought into its state by the events that lead there, the event is sent, and the state that follows is
  read from what the issuer and the API then answer.

  @STA-01 @policy @flow @clock
  Rule: Every event has exactly one outcome in every state

    @transitions
    Scenario Outline: A session that is <state>, when it meets "<event>", is <next>
      Given Ada's session is <state>
      When her session meets "<event>"
      Then the answer is <answer>
      And her session is <next>

      Examples: Signed out
        | state      | event                           | answer                           | next       |
        | signed out | sign in with the right password | granted                          | active     |
        | signed out | sign in with a wrong password   | refused as "credentials_invalid" | signed out |
        | signed out | call the API                    | refused as "token_missing"       | signed out |
        | signed out | ask for a new access token      | refused as "session_missing"     | signed out |
        | signed out | sign out                        | granted                          | signed out |

      Examples: Active
        | state  | event                              | answer    | next       |
        | active | call the API                       | granted   | active     |
        | active | ask for a new access token         | granted   | active     |
        | active | the access token's lifetime passes | no answer | stale      |
        | active | the idle limit passes              | no answer | lapsed     |
        | active | the absolute limit passes          | no answer | lapsed     |
        | active | sign out                           | granted   | signed out |
        | active | the account is disabled            | no answer | revoked    |

      Examples: Stale
        | state | event                      | answer                     | next       |
        | stale | call the API               | refused as "token_expired" | stale      |
        | stale | ask for a new access token | granted                    | active     |
        | stale | the idle limit passes      | no answer                  | lapsed     |
        | stale | sign out                   | granted                    | signed out |

      Examples: Lapsed
        | state  | event                           | answer                       | next       |
        | lapsed | sign in with the right password | granted                      | active     |
        | lapsed | ask for a new access token      | refused as "session_expired" | signed out |
        | lapsed | sign out                        | granted                      | signed out |

      Examples: Revoked
        | state   | event                      | answer                       | next       |
        | revoked | call the API               | granted                      | revoked    |
        | revoked | ask for a new access token | refused as "session_revoked" | signed out |
        | revoked | sign out                   | granted                      | signed out |
