Feature: Withdrawal
  A key that may have leaked is taken out of the key set. From then on every signature under it is a forgery, whoever
  made it; how soon an API knows is decided by how long it keeps a key set.

  @JWK-03 @must @RFC8725-3.8 @RFC9068-4 @ASVS-13.3.4 @api @clock @in_process
  Rule: A key that is published no more verifies nothing, 300 seconds later at most
    A cache that only ever adds keys would trust a stolen one for ever.

    Scenario Outline: A token whose key was withdrawn <seconds> seconds after the API's last fetch is <verdict>
      Given Ada holds an access token
      And Ada has presented it
      And the signing key has been withdrawn
      And <seconds> seconds have passed
      When she presents it
      Then access is <verdict>

      Examples:
        | seconds | verdict                    |
        | 299     | granted                    |
        | 300     | refused as "token_invalid" |

    Scenario: A withdrawn key is an unknown one
      Given Ada holds an access token
      And the signing key has been withdrawn
      When she presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "key_unknown"

    Scenario: A token under the key that took over is accepted
      Given the signing key has been withdrawn
      And Ada holds an access token
      When she presents it
      Then access is granted

  @JWK-04 @policy @RFC7517-4.5 @api @clock @in_process
  Rule: Where other key material is published under a known id, the new material counts and the old does not
    An id names one key at a time. An issuer had better not use it again; if it does, its newest word is the one to
    believe.

    Scenario Outline: A token signed with the old material, presented <seconds> seconds after the last fetch, is <verdict>
      Given Ada holds an access token
      And Ada has presented it
      And the signing key has been replaced under its id
      And <seconds> seconds have passed
      When she presents it
      Then access is <verdict>

      Examples:
        | seconds | verdict                    |
        | 299     | granted                    |
        | 300     | refused as "token_invalid" |

    Scenario Outline: A token signed with the new material, presented <seconds> seconds after the last fetch, is <verdict>
      Given the API fetched the key set <seconds> seconds ago
      And the signing key has been replaced under its id
      And Ada holds an access token
      And it is signed with that key as "EdDSA"
      When she presents it
      Then access is <verdict>

      Examples:
        | seconds | verdict                    |
        | 299     | refused as "token_invalid" |
        | 300     | granted                    |
