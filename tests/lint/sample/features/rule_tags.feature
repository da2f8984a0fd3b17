Feature: Rules that do not say what they are
  @must @MANUAL-1
  Rule: Without an id
    Scenario: Paying for it
      When Ada pays
      Then the gate is open

  @GAT-02
  Rule: Without a level
    Scenario: Paying for that
      When Ada pays
      Then the gate is open

  @GAT-01 @must
  Rule: Without a source
    Scenario: Paying for both
      When Ada pays
      Then the gate is open
