Feature: Tags that the register contradicts
  @GAT-99 @must @MANUAL-1
  Rule: An id it does not know
    Scenario: Paying more
      When Ada pays
      Then the gate is open

  @GAT-01 @policy
  Rule: Another level than its own
    Scenario: Paying less
      When Ada pays
      Then the gate is open
