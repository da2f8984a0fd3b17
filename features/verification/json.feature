Feature: JSON
  The payload is one JSON object, read strictly and once. Two readers that read one text differently are two verdicts.

  @JSN-09 @JSN-10 @must @RFC7519-7.2 @api
  Rule: A payload that is not one JSON object is refused
    The signature holds in each of these: what the issuer signed still has to be a set of claims.

    Scenario Outline: A payload that reads as <form> is refused
      Given Mallory holds an access token
      And its payload reads as <form>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "payload_malformed"

      Examples: Another JSON value
        | form                 |
        | a list of the same   |
        | a string of the same |
        | an empty list        |
        | a string             |
        | a number             |
        | true                 |
        | null                 |

      Examples: No JSON
        | form                                        |
        | a space                                     |
        | plain words                                 |
        | the same, cut short                         |
        | the same, twice                             |
        | the same, then more text                    |
        | the same, then a NUL                        |
        | the same, with a comma too many             |
        | the same, with a comment                    |
        | the same, in single quotes                  |
        | the same, without quotes                    |
        | the same, with a raw line break in a string |
        | the same, in a URL's form                   |

      Examples: No UTF-8
        | form                                      |
        | the same, behind a byte order mark        |
        | the same, in UTF-16                       |
        | the same, with an octet that is not UTF-8 |

    Scenario Outline: A payload that reads as <form> is refused as <verdict>
      Given Mallory holds an access token
      And its payload reads as <form>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "<verdict>"

      Examples:
        | form            | verdict             |
        | nothing         | structure_malformed |
        | an empty object | claim_missing       |

    Scenario: A payload that reads as the same, with spaces, is accepted
      Given Ada holds an access token
      And its payload reads as the same, with spaces
      When she presents it
      Then access is granted

  @JSN-08 @policy @RFC7519-4 @ASVS-1.5.3 @api
  Rule: A payload that names a claim twice is refused
    The standard lets a reader take the last of them. A gateway that takes the first would then see another token.

    Scenario Outline: A token that names "<name>" twice is refused
      Given Mallory holds an access token
      And the claim "<name>" is written again as <value>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "payload_malformed"

      Examples:
        | name          | value                      |
        | sub           | "grace"                    |
        | exp           | now + 300                  |
        | \u0065xp      | now + 300                  |
        | aud           | "https://api.example.test" |
        | \u0061\u0075d | "https://api.example.test" |

    Scenario Outline: A token that names an unknown claim <times> is <verdict>
      Given Ada holds an access token
      And its claim "extra" is <extra>
      When she presents it
      Then access is <verdict>

      Examples:
        | times                   | extra                                | verdict                    |
        | once                    | {"role": "user", "Role": "admin"}    | granted                    |
        | twice, in another claim | {"role": "user", "role": "admin"}    | refused as "token_invalid" |
        | twice, deep in a list   | [[{"role": "user", "role": "user"}]] | refused as "token_invalid" |

  @JSN-11 @must @ASVS-16.5.3 @ASVS-16.4.1 @RFC8259-8.2 @api
  Rule: A string is accepted if it can be repeated in UTF-8, and then it is literal

    Scenario Outline: A subject with <character> is <verdict>
      Given Ada holds an access token
      And its claim "sub" is <sub>
      When she presents it
      Then access is <verdict>

      Examples:
        | character              | sub               | verdict                    |
        | half a surrogate pair  | "ada\ud800"       | refused as "token_invalid" |
        | the other half         | "ada\udc00"       | refused as "token_invalid" |
        | a pair the wrong way   | "\ude00\ud83d"    | refused as "token_invalid" |
        | a whole surrogate pair | "ada\ud83d\ude00" | granted                    |
        | a NUL                  | "ada\u0000"       | granted                    |
        | a direction mark       | "ada\u202enimda"  | granted                    |
