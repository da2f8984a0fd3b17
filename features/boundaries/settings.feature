Feature: Settings
  What an API trusts is told it once, at its start. A setting under which it would refuse nothing stops the start, by a
  sentence that says which setting it is: a mistake is found by who makes it, not by who is harmed.

  @CFG-01 @policy @ASVS-9.1.2 @ASVS-9.2.3 @ASVS-12.2.1 @ASVS-3.4.2 @ASVS-4.1.3 @api @in_process
  Rule: An API does not start with a setting that makes it unsafe

    Scenario Outline: An API that is started with <setting> "<text>" <outcome>
      When the API is started with <setting> "<text>"
      Then it <outcome>

      Examples: Whom it believes
        | setting | text                            | outcome                         |
        | ISSUER  | https://app.example.test        | starts                          |
        | ISSUER  |                                 | refuses to start, naming ISSUER |
        | ISSUER  | http://app.example.test         | refuses to start, naming ISSUER |
        | ISSUER  | app.example.test                | refuses to start, naming ISSUER |
        | ISSUER  | https://ada@app.example.test    | refuses to start, naming ISSUER |
        | ISSUER  | https://app.example.test#issuer | refuses to start, naming ISSUER |

      Examples: What tokens are for
        | setting  | text                     | outcome                           |
        | AUDIENCE | https://api.example.test | starts                            |
        | AUDIENCE |                          | refuses to start, naming AUDIENCE |

      Examples: How they may be signed
        | setting    | text         | outcome                             |
        | ALGORITHMS | EdDSA, ES256 | starts                              |
        | ALGORITHMS |              | refuses to start, naming ALGORITHMS |
        | ALGORITHMS | none         | refuses to start, naming ALGORITHMS |
        | ALGORITHMS | EdDSA, HS256 | refuses to start, naming ALGORITHMS |
        | ALGORITHMS | eddsa        | refuses to start, naming ALGORITHMS |

      Examples: Whose pages may ask
        | setting         | text                     | outcome                                  |
        | ALLOWED_ORIGINS | https://app.example.test | starts                                   |
        | ALLOWED_ORIGINS | *                        | refuses to start, naming ALLOWED_ORIGINS |
        | ALLOWED_ORIGINS | https://*.example.test   | refuses to start, naming ALLOWED_ORIGINS |
        | ALLOWED_ORIGINS | http://app.example.test  | refuses to start, naming ALLOWED_ORIGINS |
        | ALLOWED_ORIGINS | null                     | refuses to start, naming ALLOWED_ORIGINS |

      Examples: Who may say what came over HTTPS
        | setting         | text     | outcome                                  |
        | TRUSTED_PROXIES | 10.0.0.1 | starts                                   |
        | TRUSTED_PROXIES | *        | refuses to start, naming TRUSTED_PROXIES |
        | ENVIRONMENT     | staging  | refuses to start, naming ENVIRONMENT     |
