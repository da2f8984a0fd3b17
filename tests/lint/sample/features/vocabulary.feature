Feature: A sentence nobody defined
  @GAT-01 @must @MANUAL-1
  Rule: Who pays may pass

    Scenario Outline: <who> pays
      When <who> pays
      Then the gate is open

      Examples:
        | who     |
        | Ada     |
        | Mallory |
