Feature: Content
  Some header parameters say what the payload is. Here it is one thing: the claims, a JSON object, as it stands.

  @STR-13 @must @RFC7519-7.2 @RFC7519-5.2 @RFC8725-3.3 @api
  Rule: A token inside a token is refused
    "JWT" as the content type announces one. The payload is claims, so a further token is never looked for, and none that
    needs no signature is found.

    Scenario Outline: A token is refused whose payload reads as <inner>
      Given Mallory holds an access token
      And its header "cty" is "JWT"
      And its payload reads as <inner>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "payload_malformed"

      Examples:
        | inner                      |
        | an unsigned token of these |
        | a string of the same       |

  @STR-24 @must @RFC7519-7.2 @RFC7519-5.2 @ASVS-1.5.2 @api
  Rule: The payload is read as JSON, whatever its content type claims
    A content type chosen by the sender that picks the parser is how an XML parser or a deserializer is reached.

    Scenario Outline: A payload that is <form> is refused, with the content type <type>
      Given Mallory holds an access token
      And its header "cty" is <type>
      And its payload reads as <form>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "payload_malformed"

      Examples:
        | type                                | form                      |
        | "application/xml"                   | XML of the same           |
        | "text/xml"                          | XML of the same           |
        | "application/x-www-form-urlencoded" | the same, in a URL's form |
        | "application/python-pickle"         | a pickle of the same      |

    Scenario Outline: Claims in JSON are read, also with the content type <type>
      Given Ada holds an access token
      And its header "cty" is <type>
      When she presents it
      Then access is granted

      Examples:
        | type                                   |
        | "application/xml"                      |
        | "application/x-java-serialized-object" |

  @STR-21 @must @RFC7515-4 @RFC8725bis-3.15 @api
  Rule: A payload is never inflated
    Compression belongs to encrypted tokens. A few octets can inflate to more than there is memory for, and what is said
    of it in the header of a signed token is a parameter nobody understands.

    Scenario: A token is refused whose payload is compressed
      Given Mallory holds an access token
      And its header "zip" is "DEF"
      And its payload reads as the same, compressed
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "payload_malformed"

    Scenario: A token is accepted that only says that it is compressed
      Given Ada holds an access token
      And its header "zip" is "DEF"
      When she presents it
      Then access is granted
