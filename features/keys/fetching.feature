Feature: Fetching
  A key set is fetched seldom: when the one at hand is old, or does not name a key. However many requests come in the
  meantime, and whatever they carry, the issuer is not asked more often for it.

  @JWK-05 @must @ASVS-13.2.6 @ASVS-2.4.1 @api @clock @in_process
  Rule: Unknown key ids cause one fetch in 30 seconds at most, however many they are
    A key id is a stranger's to write. If each one were looked for, a flood of requests to the API would be a flood of
    requests to its issuer.

    Scenario: Two hundred unknown key ids in turn cause one fetch
      Given the API fetched the key set 30 seconds ago
      When Mallory presents 200 tokens under key ids that nobody knows
      Then access is refused as "token_invalid" each time
      And the API has fetched the key set twice

    Scenario: A thousand unknown key ids at once cause one fetch
      Given the API fetched the key set 30 seconds ago
      When Mallory presents 1000 tokens under key ids that nobody knows, all at once
      Then access is refused as "token_invalid" each time
      And the API has fetched the key set twice

    Scenario: A good token is accepted after a flood of unknown key ids
      Given the API fetched the key set 30 seconds ago
      And Mallory has presented 100 tokens under key ids that nobody knows
      And Ada holds an access token
      When she presents it
      Then access is granted

  @JWK-06 @should @ASVS-15.4.1 @api @clock @in_process
  Rule: Requests that need the same key set wait for one fetch

    Scenario: The first requests of all cause one fetch
      When Ada presents 100 tokens that differ in their ids alone, all at once
      Then access is granted each time
      And the API has fetched the key set once

    Scenario: The first requests with an old key set cause one fetch
      Given the API fetched the key set 300 seconds ago
      When Ada presents 100 tokens that differ in their ids alone, all at once
      Then access is granted each time
      And the API has fetched the key set twice
