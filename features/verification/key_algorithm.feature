@in_process
Feature: The key's algorithm
  A key serves one algorithm. That is part of what it is, and no token's header changes it.

  @ALG-09 @must @RFC8725-3.1 @api
  Rule: A key made for one algorithm is used with no other, however well the other would do
    Each signature here is genuine, and a library would find it so.

    Scenario Outline: A token signed as "<algorithm>" with an RSA key made for RS256 is refused
      Given the key set also publishes an RSA key of 2048 bits
      And the API allows "RS256"
      And Mallory holds an access token
      And it is signed with that key as "<algorithm>"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "algorithm_not_allowed"

      Examples:
        | algorithm |
        | PS256     |
        | RS384     |
        | RS512     |
        | RS1       |

  @ALG-10 @must @RFC7518-3.4 @RFC8725-3.1 @api
  Rule: ES256 means the curve P-256
    A longer curve under the shorter algorithm is another algorithm, and so is the curve of Bitcoin.

    Scenario Outline: A token signed as "<algorithm>" with <key> is refused
      Given the key set also publishes <key>
      And the API allows "ES256"
      And Mallory holds an access token
      And it is signed with that key as "<algorithm>"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "<reason>"

      Examples:
        | key                       | algorithm | reason                |
        | a P-384 key for ES256     | ES256     | key_unknown           |
        | a P-521 key for ES256     | ES256     | key_unknown           |
        | a secp256k1 key for ES256 | ES256     | key_unknown           |
        | a P-384 key               | ES384     | algorithm_not_allowed |
        | a P-256 key               | ES384     | algorithm_not_allowed |
        | a secp256k1 key           | ES256K    | algorithm_not_allowed |

  @ALG-11 @KEY-19 @must @RFC8725bis-3.1 @RFC8725-3.1 @api
  Rule: The key decides which algorithm it serves, never the token's header
    A key's type fixes its algorithm where its entry names none; where it names one, that one holds.

    Scenario Outline: A token signed as "<algorithm>" with <key> is <verdict>
      Given the key set also publishes <key>
      And the API allows "EdDSA, ES256, RS256"
      And Ada holds an access token
      And it is signed with that key as "<algorithm>"
      When she presents it
      Then access is <verdict>

      Examples: The key names no algorithm
        | key                                 | algorithm | verdict                    |
        | an Ed25519 key without an algorithm | EdDSA     | granted                    |
        | a P-256 key without an algorithm    | ES256     | granted                    |
        | a P-256 key without an algorithm    | ES384     | refused as "token_invalid" |
        | an RSA key without an algorithm     | RS256     | granted                    |
        | an RSA key without an algorithm     | PS256     | refused as "token_invalid" |
        | an RSA key without an algorithm     | RS512     | refused as "token_invalid" |

      Examples: The key names another algorithm than the token
        | key                     | algorithm | verdict                    |
        | an RSA key of 2048 bits | RS256     | granted                    |
        | an RSA key for PS256    | RS256     | refused as "token_invalid" |
        | a P-256 key             | ES256     | granted                    |
        | a P-256 key for ES384   | ES256     | refused as "token_invalid" |

    Scenario Outline: A token of the issuer's Ed25519 key that says "<algorithm>" is refused
      Given the API allows "EdDSA, ES256, RS256"
      And Mallory holds an access token
      And its header "alg" is "<algorithm>"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "key_unsuitable"

      Examples:
        | algorithm |
        | ES256     |
        | RS256     |
