Feature: Algorithm
  The token's header names the algorithm, and the header is the attacker's to write. So the API has a list of its own.

  @ALG-01 @ALG-02 @ALG-03 @must @RFC8725-3.1 @RFC8725-3.2 @RFC8725bis-2.11 @RFC8725bis-3.1 @RFC7515-4.1.1 @RFC9068-4 @ASVS-9.1.2 @api
  Rule: A token that says it needs no signature is refused
    "none" is an algorithm of the JWT standard. It is on no list, in no spelling, with or without something where the
    signature would be.

    Scenario Outline: A token of the algorithm <name> without a signature is refused
      Given Mallory holds an access token
      And its header "alg" is <name>
      And it is signed with nothing at all
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "structure_malformed"

      Examples:
        | name   |
        | "none" |
        | "None" |
        | "NONE" |
        | "nOnE" |

    Scenario Outline: A token of the algorithm <name> signed with <signer> is refused
      Given Mallory holds an access token
      And its header "alg" is <name>
      And it is signed with <signer>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "algorithm_not_allowed"

      Examples:
        | name   | signer           |
        | "none" | another key      |
        | "none" | the issuer's key |
        | "None" | the issuer's key |
        | "NONE" | the issuer's key |
        | "nOnE" | the issuer's key |

    Scenario: A token of the allowed algorithm is accepted
      Given Ada holds an access token
      And its header "alg" is "EdDSA"
      When she presents it
      Then access is granted

  @ALG-04 @must @RFC7515-4.1.1 @RFC7515-5.2 @api
  Rule: A token that names no algorithm is refused

    Scenario: A token without an algorithm is refused
      Given Mallory holds an access token
      And it has no header "alg"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "header_malformed"

    Scenario Outline: A token whose algorithm is <value> is refused
      Given Mallory holds an access token
      And its header "alg" is <value>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "<reason>"

      Examples:
        | value           | reason                |
        | null            | header_malformed      |
        | 0               | header_malformed      |
        | true            | header_malformed      |
        | ["EdDSA"]       | header_malformed      |
        | {"EdDSA": true} | header_malformed      |
        | ""              | algorithm_not_allowed |

  @ALG-05 @must @RFC7515-4.1.1 @RFC7515-5.3 @RFC8725bis-3.1 @api
  Rule: The name of an algorithm is compared to the letter
    The signature is genuine in each of these; the name is all that is wrong.

    Scenario Outline: A token whose algorithm is spelled <name> is refused
      Given Mallory holds an access token
      And its header "alg" is <name>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "algorithm_not_allowed"

      Examples:
        | name          |
        | "eddsa"       |
        | "EDDSA"       |
        | " EdDSA"      |
        | "EdDSA "      |
        | "EdDSA\u0000" |
        | "EdDSA,none"  |
        | "\uff25dDSA"  |
