Feature: Type
  A header parameter says what kind of token this is. It is what keeps the tokens of one issuer apart.

  @TYP-01 @must @RFC9068-4 @RFC7515-4.1.9 @RFC8725bis-3.11 @api
  Rule: The type of an access token is accepted in each of its spellings
    It is a media type: case does not matter, and "application/" may be left out.

    Scenario Outline: A token of the type <typ> is accepted
      Given Ada holds an access token
      And its header "typ" is <typ>
      When she presents it
      Then access is granted

      Examples:
        | typ                  |
        | "at+jwt"             |
        | "AT+JWT"             |
        | "At+Jwt"             |
        | "application/at+jwt" |
        | "Application/AT+JWT" |

  @TYP-02 @must @RFC9068-4 @api
  Rule: A token that does not say it is an access token is refused
    "JWT" is what every library writes when nobody thought about it, so it tells nothing apart.

    Scenario Outline: A token of the type <typ> is refused
      Given Mallory holds an access token
      And its header "typ" is <typ>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "type_wrong"

      Examples:
        | typ                              |
        | "JWT"                            |
        | "jwt"                            |
        | ""                               |
        | "at"                             |
        | "at+jws"                         |
        | "at jwt"                         |
        | " at+jwt"                        |
        | "at+jwt;v=1"                     |
        | "xat+jwt"                        |
        | "at+jwtx"                        |
        | "text/at+jwt"                    |
        | "application/application/at+jwt" |

    Scenario: A token without a type is refused
      Given Mallory holds an access token
      And it has no header "typ"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "type_wrong"

  @TYP-03 @must @RFC9068-4 @RFC8725-3.12 @api
  Rule: A token of another registered type is refused, whatever its claims
    Each of these was made for one purpose, and an issuer may sign several kinds with one key.

    Scenario Outline: A token of the type "<type>" is refused
      Given Mallory holds an access token
      And its header "typ" is "<type>"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "type_wrong"

      Examples:
        | type                          |
        | refresh+jwt                   |
        | logout+jwt                    |
        | dpop+jwt                      |
        | secevent+jwt                  |
        | oauth-authz-req+jwt           |
        | client-authentication+jwt     |
        | token-introspection+jwt       |
        | dc+sd-jwt                     |
        | kb+jwt                        |
        | entity-statement+jwt          |
        | better-auth.session-cache+jwt |

  @TYP-04 @must @RFC9068-4 @RFC7515-4.1.9 @api
  Rule: The type is one string, compared to its end
    What is not a string is no media type, and is refused like one that is wrong: never a failure of the API.

    Scenario Outline: A token whose type is <form> is refused
      Given Mallory holds an access token
      And its header "typ" is <typ>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "type_wrong"

      Examples:
        | form                     | typ              |
        | a number                 | 7                |
        | a list                   | ["at+jwt"]       |
        | an object                | {"at+jwt": true} |
        | a boolean                | true             |
        | null                     | null             |
        | followed by a NUL        | "at+jwt\u0000"   |
        | followed by a line break | "at+jwt\u000a"   |
