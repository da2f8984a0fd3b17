Feature: Token confusion
  One issuer signs many kinds of token, and each is genuine. What keeps them apart is a type, an audience and a set of
  claims of their own; the session credential has a key of its own as well.

  @TCF-01 @TCF-04 @TCF-05 @TCF-11 @must @RFC9068-4 @RFC8725-3.12 @ASVS-9.2.2 @api
  Rule: A token that was made for another purpose is no access token
    All but one are signed with the very key that signs access tokens: nothing but their shape tells them apart.

    Scenario Outline: The API is shown <kind> and access is <verdict>
      Given Mallory holds <kind>
      When Mallory presents it
      Then access is <verdict>

      Examples: The twin
        | kind            | verdict |
        | an access token | granted |

    Scenario Outline: The API refuses <kind>: <reason>
      Given Mallory holds <kind>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "<reason>"

      Examples: As its issuer made it
        | kind                         | reason                |
        | an ID token                  | type_wrong            |
        | a logout token               | type_wrong            |
        | a password-reset token       | type_wrong            |
        | a magic-link token           | type_wrong            |
        | an e-mail verification token | algorithm_not_allowed |
        | a client assertion           | type_wrong            |
        | a verifiable presentation    | type_wrong            |
        | an SD-JWT with a disclosure  | encoding_malformed    |

    Scenario Outline: The API refuses <kind> also under the type of an access token: <reason>
      Given Mallory holds <kind>
      And its header "typ" is "at+jwt"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "<reason>"

      Examples: Typed as an access token
        | kind                         | reason                |
        | an ID token                  | claim_missing         |
        | a logout token               | claim_missing         |
        | a password-reset token       | claim_missing         |
        | a magic-link token           | claim_missing         |
        | an e-mail verification token | algorithm_not_allowed |
        | a client assertion           | claim_missing         |
        | a verifiable presentation    | claim_missing         |
        | an SD-JWT with a disclosure  | encoding_malformed    |

  @TCF-02 @must @RFC8725-3.12 @ASVS-9.2.2 @flow
  Rule: The session credential opens the issuer, never the API
    It lives for days and it renews itself. An API that took it would turn every renewal into a permanent key.

    Scenario: The API refuses the session credential
      Given Mallory holds a session credential
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "type_wrong"

    Scenario: The API refuses the session credential under the type of an access token
      Given Mallory holds a session credential
      And its header "typ" is "at+jwt"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "key_unknown"

    Scenario: The issuer accepts the session credential
      Given Ada holds a session credential
      And Ada uses it as a session credential
      When she asks for a new access token
      Then the answer is granted

  @TCF-03 @must @RFC8725-3.12 @ASVS-9.2.2 @issuer
  Rule: An access token renews nothing
    Who steals one has minutes; could it be exchanged for another, who steals one has it for good.

    Scenario: The issuer refuses an access token in the session credential's place
      Given Mallory holds an access token
      And Mallory uses it as a session credential
      When Mallory asks for a new access token
      Then the answer is refused as "session_missing"

    Scenario Outline: The issuer refuses a session credential that is typed <typ>
      Given Mallory holds a session credential
      And its header "typ" is <typ>
      And Mallory uses it as a session credential
      When Mallory asks for a new access token
      Then the answer is refused as "session_missing"

      Examples:
        | typ      |
        | "at+jwt" |
        | "JWT"    |
