Feature: The access token
  A JSON Web Token in the shape of RFC 9068, signed by the issuer, read by the API. It says who is calling, for whom it
  was made and how long it lives, and nothing else: no e-mail address, no name, no role.

  @ISU-01 @HYG-04 @must @RFC9068-2.2 @issuer
  Rule: An access token carries the claims of its profile and no others

    Scenario: The claims of an access token
      Given Ada holds an access token
      Then it carries exactly these claims:
        | claim     | type   | value                      | meaning                                                       |
        | iss       | string | "https://app.example.test" | the issuer, compared exactly                                  |
        | sub       | string |                            | the account: opaque, never an e-mail address                  |
        | aud       | string | "https://api.example.test" | the API that the token was made for                           |
        | client_id | string | "web"                      | the frontend that asked                                       |
        | iat       | number |                            | when it was issued: NumericDate, seconds UTC                  |
        | exp       | number |                            | from when on it is refused: 300 seconds after it was issued   |
        | jti       | string |                            | this token's own id, unique                                   |
        | sid       | string |                            | one sign-in, so that logs can be correlated                   |

  @ISU-01 @JWK-16 @must @RFC9068-2.1 @issuer
  Rule: An access token's header names its type, its algorithm and its key

    Scenario: The header of an access token
      Given Ada holds an access token
      Then it carries exactly these header parameters:
        | parameter | type   | value    | meaning                                             |
        | typ       | string | "at+jwt" | an access token, not any other kind of JWT          |
        | alg       | string | "EdDSA"  | the signature algorithm: Ed25519                    |
        | kid       | string |          | which of the issuer's published keys made it        |
