Feature: Words that no table lists
  @GAT-02 @policy
  Rule: Every state meets every event

    @transitions
    Scenario Outline: A gate that is <state>, when somebody <event>, is <next>
      Given the gate is <state>
      When Ada <event>
      Then the gate is <next>

      Examples:
        | state     | event          | next |
        | half open | asks over HTTP | ajar |

    Scenario: A claim and a code
      Given the claim "sob" is asked for
      When Ada pays
      Then she is refused as "closd"
