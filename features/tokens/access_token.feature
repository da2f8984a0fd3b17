Feature: The access token
  A JSON Web Token in the shape of RFC 9068, signed by the issuer, read by the API. It says who is calling, for whom it
  was made and how long it lives, and nothing else: no e-mail address, no name, no role.

  @ISU-01 @HYG-04 @must @RFC9068-2.2 @issuer
  Rule: An access token carries the claims of its profile and no others

    Scenario: The claims of an access token
      Given Ada holds an access token
      Then it carries exactly these claims:
        | claim     | type   | value                      | meaning                                                     |
        | iss       | string | "https://app.example.test" | the issuer, compared exactly                                |
        | sub       | string |                            | the account: opaque, never an e-mail address                |
        | aud       | string | "https://api.example.test" | the name of the API it was made for, to the character       |
        | client_id | string | "web"                      | the frontend that asked                                     |
        | iat       | number |                            | when it was issued: NumericDate, seconds UTC                |
        | exp       | number |                            | from when on it is refused: 300 seconds after it was issued |
        | jti       | string |                            | this token's own id, unique                                 |
        | sid       | string |                            | one sign-in, so that logs can be correlated                 |

  @ISU-01 @JWK-16 @must @RFC9068-2.1 @RFC8725-3.1 @OIDC-10.1 @issuer
  Rule: An access token's header names its type, its algorithm and its key
    The key is one that the issuer publishes, and the algorithm is that key's.

    Scenario: The header of an access token
      Given Ada holds an access token
      Then it carries exactly these header parameters:
        | parameter | type   | value    | meaning                                      |
        | typ       | string | "at+jwt" | an access token, not any other kind of JWT   |
        | alg       | string | "EdDSA"  | the signature algorithm: Ed25519             |
        | kid       | string |          | which of the issuer's published keys made it |

    Scenario: The key that an access token names is published
      Given Ada is signed in
      When she asks for a new access token
      Then the token names the newest published key

  @HYG-05 @should @RFC6750-5.3 @OAuth2.1-7.1.3.5 @issuer
  Rule: An access token lives 300 seconds
    Nothing can call it back, so its lifetime is the longest that a stolen one is of use.

    Scenario Outline: An access token lives 300 seconds in a session that is <state>
      Given Ada's session is <state>
      When she asks for a new access token
      Then its claim "exp" is 300 more than its claim "iat"

      Examples:
        | state  |
        | active |
        | stale  |

  @RFR-19 @must @RFC6749-5.1 @issuer
  Rule: A renewal tells how the token is presented, and how long it lives
    The frontend renews before the token's life is over. The session's own life is the cookie's matter.

    Scenario: A renewal answers with the token, its type and its lifetime
      Given Ada is signed in
      When she asks for a new access token
      Then it tells the type "Bearer" and a life of 300 seconds

  @HYG-06 @must @RFC7519-4.1.7 @issuer
  Rule: No two access tokens have the same id, not even within one second
    The id is how a log tells one token from another. A counter or a clock would repeat itself on the second instance.

    Scenario Outline: Fifty tokens of one second have fifty ids, in the <profile> profile
      Given the issuer follows the <profile> profile
      And Ada is signed in
      And Ada has asked for 49 new access tokens
      When she asks for a new access token
      Then no two of the access tokens have the same "jti"

      Examples:
        | profile   |
        | stateless |
        | strict    |

  @HYG-03 @policy @ASVS-4.2.5 @issuer
  Rule: An access token is at most 512 bytes long
    It travels with every call. Proxies refuse headers of 8 KiB, and long before that they slow everybody down.

    Scenario: An access token fits in 512 bytes
      Given Ada holds an access token
      Then it is at most 512 bytes long

  @HYG-07 @must @ASVS-9.2.4 @RFC9068-5 @flow
  Rule: Each API has an audience of its own
    One issuer, one key, several APIs: what a token for one may do must not be open to whom another passes it on.

    Scenario Outline: A token whose audience is <audience> is <verdict>
      Given Ada holds an access token
      And its claim "aud" is <audience>
      When she presents it
      Then access is <verdict>

      Examples:
        | audience                     | verdict                    |
        | "https://api.example.test"   | granted                    |
        | "https://files.example.test" | refused as "token_invalid" |
        | "https://app.example.test"   | refused as "token_invalid" |
