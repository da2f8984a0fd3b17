Feature: Unlisted algorithms
  There are some sixty registered algorithms, and as many invented ones as anybody likes. The API knows those on its list.

  @ALG-12 @ALG-15 @must @RFC8725-3.1 @RFC8725-3.2 @RFC7515-4.1.1 @RFC7515-5.2 @api
  Rule: An algorithm that is on no list is refused before anything is computed
    An empty signature that is compared with an empty result is an equal one, so nothing is computed.

    Scenario Outline: A token of the algorithm <name> is refused
      Given Mallory holds an access token
      And its header "alg" is <name>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "algorithm_not_allowed"

      Examples: Nobody's
        | name    |
        | "zzz"   |
        | "HS1"   |
        | "Ed448" |

      Examples: Made for encryption, or broken
        | name                 |
        | "RSA1_5"             |
        | "dir"                |
        | "A128KW"             |
        | "PBES2-HS256+A128KW" |
        | "RS1"                |

    Scenario Outline: A token of the algorithm <name> with an empty signature is refused
      Given Mallory holds an access token
      And its header "alg" is <name>
      And it is signed with nothing at all
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "structure_malformed"

      Examples:
        | name  |
        | "zzz" |
        | "HS1" |
        | ""    |
