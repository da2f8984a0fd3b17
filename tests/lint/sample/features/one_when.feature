Feature: Two acts
  @GAT-01 @must @MANUAL-1
  Rule: Who pays may pass

    Scenario: Paying and pushing
      When Ada pays
      And Grace pushes
      Then the gate is closed
