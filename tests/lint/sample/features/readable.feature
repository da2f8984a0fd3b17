Feature: A name used twice
  @GAT-01 @must @MANUAL-1
  Rule: Who pays may pass
    Scenario: Paying
      When Ada pays
    Scenario: Paying
      When Grace pays
