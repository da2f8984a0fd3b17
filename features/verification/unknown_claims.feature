Feature: Unknown claims
  The contract names eight claims. Whatever else a token says, the API neither obeys nor minds it.

  @SCP-01 @JSN-14 @must @RFC7519-4 @ASVS-15.3.6 @api
  Rule: A claim that the API does not know is ignored, whatever its name and value
    An issuer may add claims for others. Some names mean something to a programming language; here they mean nothing.

    Scenario Outline: A token with the unknown claim "<name>" is accepted
      Given Ada holds an access token
      And its claim "<name>" is <value>
      When she presents it
      Then access is granted
      And the API answers Ada's name

      Examples:
        | name        | value                             |
        | tenant      | "north"                           |
        | extra       | a list nested 10 deep             |
        | vot         | null                              |
        |             | "a claim without a name"          |
        | __proto__   | {"sub": "grace", "isAdmin": true} |
        | constructor | {"prototype": {"sub": "grace"}}   |
        | __class__   | "Claims"                          |
        | __init__    | {"__globals__": {}}               |
        | subject     | "grace"                           |
        | act         | {"sub": "grace"}                  |
        | user        | {"id": "grace", "sub": "grace"}   |

  @JSN-13 @must @RFC7519-7.3 @RFC7519-4 @api
  Rule: The name of a claim is compared character by character

    Scenario Outline: A claim "<variant>" is not the claim "<claim>"
      Given Mallory holds an access token
      And it has no claim "<claim>"
      And its claim "<variant>" is <value>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "claim_missing"

      Examples:
        | claim | variant   | value                      |
        | exp   | EXP       | now + 300                  |
        | exp   | Exp       | now + 300                  |
        | exp   | exp\u0020 | now + 300                  |
        | aud   | Aud       | "https://api.example.test" |
        | aud   | аud       | "https://api.example.test" |
        | sub   | SUB       | "ada"                      |

  @JSN-15 @must @RFC7519-4 @ASVS-15.3.5 @api
  Rule: No claim of a token is a privilege
    The contract's tokens carry no scope and no role. Where one does, in whatever type, the API does not read it.

    Scenario Outline: A token whose "<claim>" is <value> opens nobody else's account
      Given Grace is signed in
      And Ada holds an access token
      And its claim "<claim>" is <value>
      When Ada asks the API for Grace's account
      Then access is refused as "permission_denied"

      Examples:
        | claim       | value                        |
        | scope       | "accounts:read admin"        |
        | scope       | ["accounts:read", "admin"]   |
        | scope       | 7                            |
        | scope       | {"accounts": {"read": true}} |
        | scope       | null                         |
        | roles       | ["admin"]                    |
        | roles       | "admin"                      |
        | role        | true                         |
        | permissions | [["accounts", "read"]]       |
        | admin       | true                         |

    Scenario Outline: A token whose scope is <scope> opens its own account
      Given Ada holds an access token
      And its claim "scope" is <scope>
      When Ada asks the API for Ada's account
      Then access is granted

      Examples:
        | scope  |
        | "none" |
        | []     |
        | 7      |

  @JSN-16 @policy @RFC6750-3 @api
  Rule: No spelling of a scope grants or withholds anything
    Where scopes are read, a careless comparison takes "read-all" for "read". Here there is nothing to compare.

    Scenario Outline: With the scope <scope>, <whose> account is <verdict>
      Given Grace is signed in
      And Ada holds an access token
      And its claim "scope" is <scope>
      When Ada asks the API for <whose> account
      Then access is <verdict>

      Examples:
        | scope                         | whose   | verdict                        |
        | "accounts:read"               | Grace's | refused as "permission_denied" |
        | "accounts:read"               | Ada's   | granted                        |
        | "ACCOUNTS:READ"               | Grace's | refused as "permission_denied" |
        | "accounts:read-all"           | Grace's | refused as "permission_denied" |
        | "accounts:read accounts:read" | Grace's | refused as "permission_denied" |
        | "openid\u0009accounts:read"   | Grace's | refused as "permission_denied" |
        | "openid\u0009accounts:read"   | Ada's   | granted                        |
