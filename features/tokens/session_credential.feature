Feature: The session credential
  The refresh token: a JSON Web Token for the issuer alone, in a cookie that script cannot read. It is made so that nobody
  can take it for an access token, nor an access token for it.

  @CRE-01 @policy @RFC8725-3.12 @issuer
  Rule: A session credential differs from an access token in its type, its audience and its key
    Any one of the three would do. Together they hold even where somebody forgets to check one.

    Scenario Outline: In the <profile> profile a session credential carries these claims
      Given the issuer follows the <profile> profile
      And Ada holds a session credential
      Then it carries exactly these claims:
        | claim     | type   | value                      | meaning                                                        |
        | iss       | string | "https://app.example.test" | the issuer                                                     |
        | sub       | string |                            | the account                                                    |
        | aud       | string | "https://app.example.test" | the issuer again: it is for nobody else                        |
        | iat       | number |                            | when this one was issued                                       |
        | exp       | number |                            | when it lapses: the idle limit or the absolute one, the sooner |
        | jti       | string |                            | its own id; in the strict profile it ends in its generation    |
        | sid       | string |                            | the session, the same in every successor                       |
        | auth_time | number |                            | when the password was given, the same in every successor       |
        | epoch     | number | 0                          | the account's epoch when the session began                     |

      Examples:
        | profile   |
        | stateless |
        | strict    |

    Scenario: The header of a session credential
      Given Ada holds a session credential
      Then it carries exactly these header parameters:
        | parameter | type   | value         | meaning                                        |
        | typ       | string | "refresh+jwt" | a session credential, not an access token      |
        | alg       | string | "EdDSA"       | the signature algorithm: Ed25519               |
        | kid       | string |               | the issuer's own key, which is never published |

    Scenario: A session credential is no access token
      Given Ada holds a session credential
      When she presents it
      Then access is refused as "token_invalid"

    Scenario: An access token is no session credential
      Given Ada holds an access token
      And Ada uses it as a session credential
      When Ada asks for a new access token
      Then the answer is refused as "session_missing"

    Scenario Outline: A session credential whose <part> "<name>" is <value> is refused
      Given Ada holds a session credential
      And its <part> "<name>" is <value>
      And Ada uses it as a session credential
      When Ada asks for a new access token
      Then the answer is <verdict>

      Examples:
        | part   | name | value                      | verdict                      |
        | header | typ  | "refresh+jwt"              | granted                      |
        | header | typ  | "at+jwt"                   | refused as "session_missing" |
        | header | typ  | "JWT"                      | refused as "session_missing" |
        | claim  | aud  | "https://app.example.test" | granted                      |
        | claim  | aud  | "https://api.example.test" | refused as "session_missing" |
        | claim  | iss  | "https://evil.example"     | refused as "session_missing" |

  @CRE-01 @JWK-15 @must @RFC7517-9.2 @RFC7517-4.5 @RFC7517-8.5.1 @ASVS-11.1.1 @issuer @in_process
  Rule: The issuer publishes the public halves of the keys for access tokens, each under an id of its own, and no other key
    Whoever reads the key set can verify an access token, make none, and do nothing at all with a session credential.

    Scenario Outline: The key set, <duration> after a rotation
      Given Ada holds a session credential
      And the signing key has been rotated
      And <duration> have passed
      When Ada reads the issuer's key set
      Then the key set names <count> keys
      And each key in it carries exactly these members:
        | member | value   | meaning                           |
        | kid    |         | its id, unique in the set         |
        | alg    | EdDSA   | the one algorithm it is used with |
        | use    | sig     | for signatures                    |
        | kty    | OKP     | the key type                      |
        | crv    | Ed25519 | the curve                         |
        | x      |         | the public key                    |
      And no key in it verifies Ada's session credential
      And the answer carries these headers:
        | header        | value                    |
        | Content-Type  | application/jwk-set+json |
        | Cache-Control | public, max-age=300      |

      Examples:
        | duration    | count |
        | 0 seconds   | 2     |
        | 930 seconds | 1     |
