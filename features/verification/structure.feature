Feature: Structure
  A token is three base64url segments with two dots between them: the compact serialization of a JSON Web Signature.
  Nothing else is read, and nothing is repaired.

  @STR-01 @STR-02 @must @RFC7515-5.2 @RFC7519-7.2 @api
  Rule: A token of any other number of segments is refused

    Scenario: A token of three segments is accepted
      Given Ada holds an access token
      And it is sent as it is
      When she presents it
      Then access is granted

    Scenario Outline: What is sent is <pieces>, and it is refused
      Given Mallory holds an access token
      And it is sent as <pieces>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "structure_malformed"

      Examples: Too few
        | pieces                       |
        | its header alone             |
        | its header and payload alone |
        | one dot                      |
        | two dots                     |
        | the word null                |
        | the word undefined           |
        | the word test                |
        | the word dev-token           |

      Examples: Too many
        | pieces                        |
        | three dots                    |
        | itself and a dot              |
        | itself behind a dot           |
        | itself and a fourth segment   |
        | itself and a second signature |

    Scenario: A credential that is empty is no token at all
      Given Mallory holds an access token
      And it is sent as nothing
      When Mallory presents it
      Then access is refused as "request_invalid"
      And the log gives the reason "credentials_malformed"

  @STR-04 @STR-16 @must @RFC7515-5.2 @RFC7519-7.2 @api
  Rule: A token with an empty segment is refused
    A payload sent apart from its signature, "detached", is a form of JWS and none of JWT.

    Scenario Outline: A token is refused although only its <segment> is empty
      Given Mallory holds an access token
      And its <segment> is empty
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "structure_malformed"

      Examples:
        | segment   |
        | header    |
        | payload   |
        | signature |

    Scenario Outline: A token is refused whose signature is empty and whose <segment> is empty too
      Given Mallory holds an access token
      And its <segment> is empty
      And its signature is empty
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "structure_malformed"

      Examples:
        | segment |
        | header  |
        | payload |

  @STR-12 @STR-22 @must @RFC7519-1 @RFC7515-5.2 @RFC8725bis-3.14 @api
  Rule: Only the compact serialization is a token
    Two readers of one text that disagree where the token is are how a signature is checked over one payload and another
    one believed.

    Scenario Outline: A token is refused that is sent as <wrapping>
      Given Mallory holds an access token
      And it is sent as <wrapping>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "<reason>"

      Examples: The JSON serializations of a JWS
        | wrapping                                                    | reason              |
        | the flattened JSON serialization                            | structure_malformed |
        | the flattened JSON serialization with an unprotected header | structure_malformed |
        | the general JSON serialization                              | structure_malformed |
        | the general JSON serialization without signatures           | structure_malformed |

      Examples: One text that is two things
        | wrapping                    | reason              |
        | a JSON object that hides it | encoding_malformed  |
        | itself and itself again     | structure_malformed |
        | itself in quotes            | encoding_malformed  |
        | itself in a list            | encoding_malformed  |
