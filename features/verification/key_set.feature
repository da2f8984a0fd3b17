Feature: The key set
  The API verifies with the keys that its issuer publishes, and with nothing else. A key set is JSON from outside: each
  entry is judged by itself, and only what is sound, public and meant for verifying becomes a key.

  @KEY-17 @should @RFC7517-4.2 @RFC7517-4.3 @api @in_process
  Rule: A key that is published for another purpose verifies nothing

    Scenario Outline: A token signed with <key> is <verdict>
      Given the key set also publishes <key>
      And Ada holds an access token
      And it is signed with that key as "EdDSA"
      When she presents it
      Then access is <verdict>

      Examples:
        | key                                | verdict                    |
        | another Ed25519 key                | granted                    |
        | an Ed25519 key for verifying       | granted                    |
        | an Ed25519 key for encryption      | refused as "token_invalid" |
        | an Ed25519 key for deriving bits   | refused as "token_invalid" |
