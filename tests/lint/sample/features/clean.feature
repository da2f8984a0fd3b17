Feature: A gate as the house would have it
  Over HTTP or in steel.

  @GAT-01 @must @MANUAL-1 @api
  Rule: Who pays may pass

    Scenario: Paying over HTTP opens the gate
      Given the gate is closed
      When Ada asks over HTTP
      Then the gate is open

    Scenario: What a ticket carries
      Given the claim "sub" is asked for
      Then these claims are carried:
        | claim | type   |
        | sub   | string |

  @GAT-02 @policy @api
  Rule: Every state meets every event

    @transitions
    Scenario Outline: A gate that is <state>, when somebody <event>, is <next>
      Given the gate is <state>
      When Ada <event>
      Then the gate is <next>

      Examples:
        | state  | event  | next   |
        | closed | pushes | closed |
        | closed | pays   | open   |
        | open   | pushes | closed |
        | open   | pays   | open   |
