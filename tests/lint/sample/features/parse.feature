Feature: A keyword misspelled
  Scenario: Paying
    When Ada pays
  Scenaro: Pushing
    When Ada pushes
