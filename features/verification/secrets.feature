Feature: Public keys and secrets
  A symmetric algorithm checks with the secret it signs with. An API that allowed one beside its public keys would take
  what everybody knows for a secret.

  @ALG-06 @must @RFC8725-3.1 @ASVS-9.1.2 @api
  Rule: A public key is never used as a secret
    The forger writes the published key down as a library might and computes a symmetric signature with it.

    Scenario Outline: A token is refused that is signed as "<algorithm>" with <secret>
      Given Mallory holds an access token
      And it is signed as "<algorithm>" with <secret>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "algorithm_not_allowed"

      Examples: The issuer's own key, in every writing
        | algorithm | secret                                            |
        | HS256     | the public key in PEM                             |
        | HS256     | the public key in PEM, without its last line feed |
        | HS256     | the public key in PEM, with Windows line ends     |
        | HS256     | the public key in PEM, behind a space             |
        | HS256     | the public key in PEM, on one line                |
        | HS256     | the public key in DER                             |
        | HS256     | the public key as SSH writes it                   |
        | HS256     | the public key as a JWK                           |
        | HS256     | the public key as a JWK Set                       |
        | HS256     | the public key as its bare number                 |
        | HS256     | the public key as its number in base64url         |
        | HS384     | the public key in PEM                             |
        | HS512     | the public key in PEM                             |

    @in_process
    Scenario Outline: A token is refused that is signed with <secret>, where <key> is published
      Given the key set also publishes <key>
      And the API allows "EdDSA, ES256, RS256"
      And Mallory holds an access token
      And it is signed as "HS256" with <secret>
      When Mallory presents it
      Then access is refused as "token_invalid"

      Examples:
        | key                              | secret                                            |
        | an RSA key of 2048 bits          | the public key in PEM                             |
        | an RSA key of 2048 bits          | the public key in PEM, as PKCS #1 has it          |
        | an RSA key without an algorithm  | the public key in PEM                             |
        | an RSA key without an algorithm  | the public key in PEM, without its last line feed |
        | a P-256 key without an algorithm | the public key in PEM                             |
        | a P-256 key without an algorithm | the public key as its bare number                 |

    @in_process
    Scenario Outline: A token is accepted that is signed as "<algorithm>", where <key> is published
      Given the key set also publishes <key>
      And the API allows "EdDSA, ES256, RS256"
      And Ada holds an access token
      And it is signed with that key as "<algorithm>"
      When she presents it
      Then access is granted

      Examples:
        | key                              | algorithm |
        | an RSA key without an algorithm  | RS256     |
        | a P-256 key without an algorithm | ES256     |

  @ALG-07 @ALG-08 @must @RFC7518-3.2 @RFC8725-3.5 @ASVS-13.2.3 @api
  Rule: A secret that can be guessed opens nothing
    No secret does: the API holds none. These are the first that a forger tries, taken from tutorials, defaults and
    published configurations.

    Scenario Outline: A token is refused that is signed with <secret>
      Given Mallory holds an access token
      And it is signed as "HS256" with <secret>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "algorithm_not_allowed"

      Examples: Hardly a secret
        | secret                 |
        | the secret ""          |
        | the secret " "         |
        | the secret "0"         |
        | the secret "null"      |
        | the secret "undefined" |

      Examples: Everybody's secret
        | secret                                                                        |
        | the secret "secret"                                                           |
        | the secret "changeme"                                                         |
        | the secret "password"                                                         |
        | the secret "jwt_secret"                                                       |
        | the secret "your-256-bit-secret"                                              |
        | the secret "your-secret-key"                                                  |
        | the secret "better-auth-secret-123456789"                                     |
        | the secret "a-string-secret-at-least-256-bits-long"                           |
        | the secret "https://app.example.test"                                         |
        | the secret "https://api.example.test"                                         |
        | the secret "supersecret"                                                      |
        | the secret "mysecret"                                                         |
        | the secret "shhhhh"                                                           |
        | the secret "SECRET"                                                           |
        | the secret "keyboard cat"                                                     |
        | the secret "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7" |

    Scenario Outline: A password that everybody knows opens nothing: <password>
      When Ada sends the Authorization header "Basic <octets>"
      Then access is refused as "token_missing"

      Examples:
        | password    | octets           |
        | admin:admin | YWRtaW46YWRtaW4= |
        | test:test   | dGVzdDp0ZXN0     |
