Feature: Keys that a token brings
  The JWS standard lets a token carry its own key, or say where it is. A token that brings its key proves only that its
  sender has one, so none of it is read.

  @KEY-09 @must @ASVS-9.1.3 @RFC9068-4 @api
  Rule: A key in the token's own header verifies nothing

    Scenario Outline: A token is refused that is signed with <key>
      Given Mallory holds an access token
      And it is signed with <key>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "<reason>"

      Examples:
        | key                                 | reason                |
        | an Ed25519 key in its header "jwk"  | signature_wrong       |
        | a P-256 key in its header "jwk"     | algorithm_not_allowed |
        | an RSA key in its header "jwk"      | algorithm_not_allowed |
        | a symmetric key in its header "jwk" | algorithm_not_allowed |

    @in_process
    Scenario Outline: A token is refused that is signed with <key>, where its algorithm is allowed
      Given the API allows "EdDSA, ES256, RS256"
      And Mallory holds an access token
      And it is signed with <key>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "key_unsuitable"

      Examples:
        | key                             |
        | a P-256 key in its header "jwk" |
        | an RSA key in its header "jwk"  |

  @KEY-10 @KEY-11 @must @ASVS-9.1.3 @RFC8725-3.10 @RFC8725bis-3.10 @api @in_process
  Rule: An address of keys in the token's header is never asked
    Every host but the issuer's publishes Mallory's key here, under the very id that the token names. A list of allowed
    addresses would have to tell all of these from the issuer's own; an API that asks at none has nothing to tell.

    Scenario Outline: A token is refused whose header says that its keys are at <address>
      Given Mallory holds an access token
      And its header "jku" is "<address>"
      And it is signed with a key published elsewhere
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "signature_wrong"
      And the API fetches nothing but its issuer's key set

      Examples: Another host
        | address                                 |
        | https://mallory.example.test/jwks       |
        | http://127.0.0.1/jwks                   |
        | http://[::1]/jwks                       |
        | http://169.254.169.254/latest/meta-data |
        | file:///etc/passwd                      |

      Examples: Almost the issuer's
        | address                                                          |
        | https://app.example.test@mallory.example.test/jwks               |
        | https://app.example.test.mallory.example.test/jwks               |
        | https://mallory.example.test/app.example.test/jwks               |
        | https://mallory.example.test/#app.example.test                   |
        | https://\u0430pp.example.test/api/auth/jwks                      |
        | https://app.example.test:8443/api/auth/jwks                      |
        | https://app.example.test/redirect?to=//mallory.example.test/jwks |

    Scenario: A token under an unknown key id is refused although its header says where that key is
      Given Mallory holds an access token
      And its header "kid" is "mallorys-own"
      And its header "jku" is "https://mallory.example.test/jwks"
      And it is signed with a key published elsewhere
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "key_unknown"
      And the API fetches nothing but its issuer's key set

  @KEY-12 @must @ASVS-9.1.3 @api @in_process
  Rule: A certificate in the token's header, or an address of one, verifies nothing

    Scenario Outline: A token is refused whose certificate vouches for <key>
      Given Mallory holds an access token
      And it is signed with <key>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "signature_wrong"

      Examples:
        | key                                                 |
        | a key certified in its header "x5c"                 |
        | a key whose certificate its header "x5t#S256" names |

    Scenario: A token is refused whose header says where its certificate is
      Given Mallory holds an access token
      And its header "x5u" is "https://mallory.example.test/certificate"
      And it is signed with a key published elsewhere
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the API fetches nothing but its issuer's key set

  @KEY-13 @policy @RFC8725-3.10 @api @in_process
  Rule: A genuine token is accepted whatever its header says of keys, and nothing is fetched for it
    What is never read does no harm.

    Scenario Outline: A token that the issuer signed is accepted with the header "<name>"
      Given Ada holds an access token
      And its header "<name>" is <value>
      When she presents it
      Then access is granted
      And the API fetches nothing but its issuer's key set

      Examples:
        | name | value                                      |
        | jku  | "https://mallory.example.test/jwks"        |
        | x5u  | "https://mallory.example.test/certificate" |
        | jwk  | {"kty": "oct", "k": "c2VjcmV0"}            |
        | x5c  | ["bm8gY2VydGlmaWNhdGU="]                   |
        | x5t  | "bm8gY2VydGlmaWNhdGUgYXQgYWxs"             |
