@in_process
Feature: The key set
  The API verifies with the keys that its issuer publishes, and with nothing else. A key set is JSON from outside: each
  entry is judged by itself, and only what is sound, public and meant for verifying becomes a key.

  @KEY-17 @policy @RFC7517-4.2 @RFC7517-4.3 @api
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
        | an Ed25519 key for nothing         | refused as "token_invalid" |
        | an Ed25519 key for a word, no list | refused as "token_invalid" |

  @KEY-18 @must @RFC8725-3.1 @api
  Rule: A symmetric key in the published set is nobody's key

    Scenario: A token signed with a published symmetric key is refused
      Given the key set also publishes a symmetric key
      And Mallory holds an access token
      And it is signed with that key as "HS256"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "algorithm_not_allowed"

    Scenario: A token of an allowed algorithm is refused that names a published symmetric key
      Given the key set also publishes a symmetric key
      And Mallory holds an access token
      And it is signed with that key as "HS256"
      And its header "alg" is "EdDSA"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "key_unknown"

  @KEY-20 @policy @RFC7517-4.5 @api
  Rule: An id that names two keys names none
    Which of them a token means cannot be told, and the last of two must not displace the first unnoticed. The other keys
    of the set still work.

    Scenario: A token signed with one of two keys of the same id is refused
      Given the key set also publishes two Ed25519 keys under one id
      And Mallory holds an access token
      And it is signed with that key as "EdDSA"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "key_unknown"

  @KEY-21 @must @RFC7518-3.3 @ASVS-11.2.3 @ASVS-11.6.1 @api
  Rule: A weak key is ignored
    An RSA key has 2048 bits or more, an exponent above 1 and primes of no pattern, or its private half can be computed.
    A point that is not on its curve is no key, and neither is a point under which one signature fits every text.

    Scenario Outline: A token signed as "<algorithm>" with <key> is <verdict>
      Given the key set also publishes <key>
      And the API allows "EdDSA, ES256, RS256"
      And Ada holds an access token
      And it is signed with that key as "<algorithm>"
      When she presents it
      Then access is <verdict>

      Examples:
        | key                                      | algorithm | verdict                    |
        | an RSA key of 2048 bits                  | RS256     | granted                    |
        | an RSA key of 1024 bits                  | RS256     | refused as "token_invalid" |
        | an RSA key with exponent 1               | RS256     | refused as "token_invalid" |
        | an RSA key of the flawed generator       | RS256     | refused as "token_invalid" |
        | a P-256 key                              | ES256     | granted                    |
        | a P-256 key off its curve                | ES256     | refused as "token_invalid" |
        | another Ed25519 key                      | EdDSA     | granted                    |
        | an Ed25519 key that is the neutral point | EdDSA     | refused as "token_invalid" |

  @KEY-22 @KEY-20 @should @RFC7517-5 @api
  Rule: One entry that is no usable key does not spoil the others

    Scenario Outline: A token of the issuer's key is accepted where <entry> is published too
      Given the key set also publishes <entry>
      And Ada holds an access token
      When she presents it
      Then access is granted

      Examples: Of a kind nobody here knows
        | entry                           |
        | a key of an unknown type        |
        | a key on an unknown curve       |
        | an Ed448 key                    |
        | a key with members nobody knows |

      Examples: Malformed
        | entry                                  |
        | a string in place of a key             |
        | null in place of a key                 |
        | a list in place of a key               |
        | a key without an id                    |
        | a key whose id is a number             |
        | a key whose curve is a number          |
        | a key without its coordinate           |
        | a key whose coordinate is cut short    |
        | a key whose coordinate is no base64url |
        | a P-256 key off its curve              |

      Examples: Of no use
        | entry                                |
        | a symmetric key                      |
        | an RSA key of 1024 bits              |
        | an Ed25519 key with its private half |
        | two Ed25519 keys under one id        |
