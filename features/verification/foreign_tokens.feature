Feature: Foreign tokens
  A token may be an access token in every respect, and yet not be one for anybody to bear here.

  @TCF-06 @must @RFC8725-3.12 @flow
  Rule: A session kept in a signed cookie and an access token never stand in for each other
    Better Auth can sign its cookie cache with the key of the access tokens. The cache's own type and audience are then
    all that keeps a cookie from being a bearer token.

    Scenario Outline: The API refuses a cookie-cache token of the type <typ>
      Given Mallory holds a cookie-cache token
      And its header "typ" is <typ>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "<reason>"

      Examples:
        | typ                             | reason        |
        | "better-auth.session-cache+jwt" | type_wrong    |
        | "at+jwt"                        | claim_missing |

    Scenario Outline: In the session credential's place the issuer finds <token>, and the answer is <verdict>
      Given Mallory holds <token>
      And Mallory uses it as a session credential
      When Mallory asks for a new access token
      Then the answer is <verdict>

      Examples:
        | token                | verdict                      |
        | a session credential | granted                      |
        | a cookie-cache token | refused as "session_missing" |
        | an access token      | refused as "session_missing" |

  @TCF-07 @must @RFC8725-3.8 @RFC9068-4 @api
  Rule: A token of another environment is refused
    Staging has the same code, the same claims and often the same people. Its key and its name are its own; one of them
    suffices.

    Scenario: A token of the staging issuer is refused by its key
      Given Mallory holds a staging token
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "key_unknown"

    Scenario Outline: A token under the trusted key that names <issuer> is <verdict>
      Given Mallory holds an access token
      And its claim "iss" is "<issuer>"
      When Mallory presents it
      Then access is <verdict>

      Examples: A key that was copied from one environment to the other
        | issuer                       | verdict                    |
        | https://staging.example.test | refused as "token_invalid" |
        | https://app.example.test     | granted                    |

  @TCF-09 @policy @RFC9449-7.2 @api
  Rule: A token that is bound to a key is not accepted from its bearer
    Its issuer bound it so that a thief could not use it. An API that does not ask for the proof has to refuse, or the
    binding is worth nothing.

    Scenario Outline: A token bound by <confirmation> is <verdict>
      Given Mallory holds an access token
      And its claim "<claim>" is <value>
      When Mallory presents it
      Then access is <verdict>

      Examples:
        | confirmation         | claim | value                                                       | verdict                    |
        | a DPoP key           | cnf   | {"jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}      | refused as "token_invalid" |
        | a certificate        | cnf   | {"x5t#S256": "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"} | refused as "token_invalid" |
        | nothing that it says | cnf   | {}                                                          | refused as "token_invalid" |
        | an unknown claim     | cnf2  | {"jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}      | granted                    |
