Feature: A scenario read as prose

  @GAT-01 @must @MANUAL-1
  Rule: Who pays may pass

    Scenaro: Pushing
      Given the gate is closed
      When Ada pushes

    Scenario: Paying
      When Ada pays
      Then the gate is open
