Feature: Encrypted tokens
  Whoever has read a public key can encrypt to it. That an encrypted token opens says nothing about who made it, so an
  API that expects signed tokens decrypts none.

  @STR-03 @must @RFC8725bis-3.1 @RFC8725bis-3.3 @RFC8725bis-3.13 @api
  Rule: An encrypted token is refused unopened
    Opening one can be made as dear as its sender likes: two thousand million iterations are one number in its header.

    Scenario Outline: A token is refused that is <sealed>
      Given Mallory holds an access token
      And it is sent as <sealed>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "structure_malformed"

      Examples:
        | sealed                                                           |
        | encrypted under a key of her choice                              |
        | encrypted under a password, with two thousand million iterations |

  @STR-23 @must @RFC8725bis-2.3 @RFC8725bis-3.1 @RFC8725bis-3.3 @api @in_process
  Rule: Encryption to the issuer's published key does not stand in for its signature

    Scenario Outline: A token is refused that is <sealed>, where <key> is published
      Given the key set also publishes <key>
      And Mallory holds an access token
      And it is sent as <sealed>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "structure_malformed"

      Examples:
        | key                     | sealed                                   |
        | an RSA key of 2048 bits | encrypted to that key                    |
        | a P-256 key             | encrypted to a key derived with that key |

    Scenario Outline: A token is accepted that is signed as "<algorithm>", where <key> is published
      Given the key set also publishes <key>
      And the API allows "<algorithm>"
      And Ada holds an access token
      And it is signed with that key as "<algorithm>"
      When she presents it
      Then access is granted

      Examples:
        | key                     | algorithm |
        | an RSA key of 2048 bits | RS256     |
        | a P-256 key             | ES256     |
