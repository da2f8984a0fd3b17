Feature: States and events
  Every event meets every state.

  @STA-01 @policy @flow
  Rule: Every event has exactly one outcome in every state

    @transitions
    Scenario Outline: A session that is <state>, when it meets "<event>", is <next>
      Given Ada's session is <state>
      When her session meets "<event>"
      Then the answer is <answer>
      And her session is <next>

      Examples:
        | state      | event    | answer                       | next       |
        | signed out | sign in  | granted                      | active     |
        | signed out | sign out | granted                      | signed out |
        | signed out | renew    | refused as "session_missing" | signed out |
        | active     | sign in  | granted                      | active     |
        | active     | sign out | granted                      | signed out |
        | active     | renew    | granted                      | active     |
