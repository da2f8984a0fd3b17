Feature: Critical extensions
  An issuer may mark header parameters as critical: whoever does not understand one must refuse the token. This API
  understands no extension, so every token that marks one is refused.

  @STR-17 @must @RFC7515-4.1.11 @RFC7515-5.2 @api
  Rule: A token with a critical extension is refused

    Scenario: A token is refused that marks an extension as critical
      Given Mallory holds an access token
      And its header "x-limit" is 1
      And its header "crit" is ["x-limit"]
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "critical_unsupported"

    Scenario: A token is accepted that carries the extension without marking it
      Given Ada holds an access token
      And its header "x-limit" is 1
      When she presents it
      Then access is granted

  @STR-14 @STR-15 @must @RFC7797-6 @RFC7797-7 @api
  Rule: A token whose payload is said not to be encoded is refused
    A JWT's payload is always base64url. Read as it stands, the same text is signed and is other claims.

    Scenario: A token is refused that marks its payload as not encoded, and that as critical
      Given Mallory holds an access token
      And its header "b64" is false
      And its header "crit" is ["b64"]
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "critical_unsupported"

    Scenario Outline: A token whose header "b64" is <value>, and not critical, is refused
      Given Mallory holds an access token
      And its header "b64" is <value>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "critical_unsupported"

      Examples:
        | value   |
        | false   |
        | 0       |
        | null    |
        | "false" |

    Scenario: A token is accepted that says its payload is encoded
      Given Ada holds an access token
      And its header "b64" is true
      When she presents it
      Then access is granted

  @STR-18 @STR-19 @may @RFC7515-4.1.11 @api
  Rule: A token whose list of critical extensions is not well formed is refused
    The standard forbids the issuer to write one and permits the reader to refuse it.

    Scenario Outline: A token whose header "crit" is <list> is refused
      Given Mallory holds an access token
      And its header "x-limit" is 1
      And its header "crit" is <list>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "critical_unsupported"

      Examples: Not a list of names
        | list            |
        | []              |
        | null            |
        | "x-limit"       |
        | {"x-limit": 1}  |
        | [1]             |
        | ["x-limit", {}] |

      Examples: Names that do not belong in it
        | list                   |
        | ["alg"]                |
        | ["exp"]                |
        | ["x-limit", "x-limit"] |
        | ["x-absent"]           |
        | [""]                   |
