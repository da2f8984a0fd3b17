Feature: A table and tags as they fell

  @must @api @GAT-01 @MANUAL-1
  Rule: Who pays may pass

    Scenario Outline: <who> pays
      When <who> pays
      Then the gate is open

      Examples:
        | who |
        |Ada|
        | Grace    |
