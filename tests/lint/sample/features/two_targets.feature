Feature: A cell that says two things
  @GAT-02 @policy
  Rule: Every state meets every event

    @transitions
    Scenario Outline: A gate that is <state>, when somebody <event>, is <next>
      Given the gate is <state>
      When Ada <event>
      Then the gate is <next>

      Examples:
        | state  | event | next   |
        | closed | pays  | closed |
