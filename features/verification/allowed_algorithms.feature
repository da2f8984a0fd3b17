@in_process
Feature: Allowed algorithms
  The API's list is short, and is not widened by what a token asks for.

  @ALG-14 @must @RFC8725-3.1 @api
  Rule: Each algorithm on the API's list is accepted, with a key that is made for it

    Scenario Outline: A token signed as "<algorithm>" with <key> is accepted
      Given the key set also publishes <key>
      And the API allows "<algorithm>"
      And Ada holds an access token
      And it is signed with that key as "<algorithm>"
      When she presents it
      Then access is granted

      Examples:
        | key                     | algorithm |
        | another Ed25519 key     | EdDSA     |
        | another Ed25519 key     | Ed25519   |
        | a P-256 key             | ES256     |
        | an RSA key of 2048 bits | RS256     |

  @ALG-13 @policy @RFC8725bis-3.2 @RFC9864-2.2 @api
  Rule: The list goes by names: "EdDSA" is no leave to use "Ed25519", nor the other way
    RFC 9864 gives the same algorithm the more exact name. The issuer says "EdDSA", as Better Auth does, so that is the
    list's default; an issuer that moves on lists the new name. Neither name brings Ed448 with it.

    Scenario Outline: Where "<allowed>" is allowed, a token signed with the same key as "<algorithm>" is <verdict>
      Given the key set also publishes another Ed25519 key
      And the API allows "<allowed>"
      And Ada holds an access token
      And it is signed with that key as "<algorithm>"
      When she presents it
      Then access is <verdict>

      Examples:
        | allowed        | algorithm | verdict                    |
        | EdDSA          | EdDSA     | granted                    |
        | EdDSA          | Ed25519   | refused as "token_invalid" |
        | Ed25519        | Ed25519   | granted                    |
        | Ed25519        | EdDSA     | refused as "token_invalid" |
        | EdDSA, Ed25519 | Ed25519   | granted                    |

    Scenario: A token signed with an Ed448 key is refused
      Given the key set also publishes an Ed448 key
      And Mallory holds an access token
      And it is signed with that key as "EdDSA"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "key_unknown"
