Feature: Header parameters
  The header is read before any key is known, so every word of it may be a stranger's. It is one strict JSON object; what
  it says beyond the type, the algorithm and the key's id changes nothing.

  @STR-09 @must @RFC7519-7.2 @api
  Rule: A header that is not one JSON object is refused

    Scenario Outline: A token is refused whose header reads as <form>
      Given Mallory holds an access token
      And its header reads as <form>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "header_malformed"

      Examples: Another JSON value
        | form                 |
        | a list of the same   |
        | a string of the same |
        | a number             |
        | true                 |
        | null                 |

      Examples: Not JSON
        | form                            |
        | plain words                     |
        | a space                         |
        | the same, cut short             |
        | the same, twice                 |
        | the same, then more text        |
        | the same, then a NUL            |
        | the same, with a comma too many |
        | the same, with a comment        |
        | the same, in single quotes      |
        | the same, without quotes        |

  @STR-10 @must @RFC8725-3.7 @RFC7519-7.2 @api
  Rule: A header or payload in another encoding than UTF-8 is refused
    A decoder that guesses the encoding reads what another one does not.

    Scenario Outline: A token is refused whose <part> reads as <form>
      Given Mallory holds an access token
      And its <part> reads as <form>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "<reason>"

      Examples:
        | part    | form                                      | reason            |
        | header  | the same, behind a byte order mark        | header_malformed  |
        | header  | the same, in UTF-16                       | header_malformed  |
        | header  | the same, in UTF-32                       | header_malformed  |
        | header  | the same, with an octet that is not UTF-8 | header_malformed  |
        | payload | the same, behind a byte order mark        | payload_malformed |
        | payload | the same, in UTF-16                       | payload_malformed |
        | payload | the same, in UTF-32                       | payload_malformed |
        | payload | the same, with an octet that is not UTF-8 | payload_malformed |

  @STR-11 @policy @RFC7515-4 @RFC7515-5.2 @api
  Rule: A header that names a parameter twice is refused
    The standard lets a reader refuse or take the last. Two readers that chose differently read two headers; so it is
    refused, also where both values are the same.

    Scenario Outline: A token is refused whose "<name>" is written twice, the second time as <value>
      Given Mallory holds an access token
      And the header "<name>" is written again as <value>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "header_malformed"

      Examples:
        | name | value    |
        | alg  | "EdDSA"  |
        | alg  | "none"   |
        | kid  | "other"  |
        | typ  | "at+jwt" |

  @STR-20 @must @RFC7515-4 @RFC7519-3 @api
  Rule: A header parameter that nobody here understands is ignored

    Scenario Outline: A token is accepted although its header "<name>" is <value>
      Given Ada holds an access token
      And its header "<name>" is <value>
      When she presents it
      Then access is granted

      Examples:
        | name                   | value                |
        | x-note                 | "from the issuer"    |
        | http://example.test/is | {"b64": false}       |
        | iss                    | "https://other.test" |
        | alg2                   | "none"               |

    Scenario: A token is accepted whose header has white space between its words
      Given Ada holds an access token
      And its header reads as the same, with spaces
      When she presents it
      Then access is granted
