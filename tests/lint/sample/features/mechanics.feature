Feature: How instead of what
  @GAT-01 @must @MANUAL-1
  Rule: Who pays may pass

    Scenario: Paying
      When Ada asks over HTTP
      Then the gate is open and should stay so
