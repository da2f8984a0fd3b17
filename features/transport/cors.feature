Feature: Cross-origin requests
  A page of another origin can read the API's answers only where the API says so. It says so to the origins that its policy
  names, and to them also when it refuses. It takes no cookies, so that it never allows any.

  @COR-01 @must @Fetch-http-responses @ASVS-3.4.2 @api
  Rule: A page of an allowed origin may send a token, and the browser may ask so without one

    Scenario: A browser is told that an allowed origin may send a token
      Given Ada's requests come from a page of "https://app.example.test"
      When her browser asks leave to send a token
      Then the answer is granted
      And the answer carries these headers:
        | header                           | value                    |
        | Access-Control-Allow-Origin      | https://app.example.test |
        | Access-Control-Allow-Headers     | …Authorization…          |
        | Access-Control-Allow-Methods     | …GET…                    |
        | Access-Control-Allow-Credentials | absent                   |

    Scenario: The page then reads the answer
      Given Ada holds an access token
      And her requests come from a page of "https://app.example.test"
      When she presents it
      Then access is granted
      And the answer carries these headers:
        | header                      | value                    |
        | Access-Control-Allow-Origin | https://app.example.test |

  @COR-02 @must @ASVS-3.4.2 @api
  Rule: An origin is allowed by its exact name
    Whoever compares a beginning or an end lets in who registers the rest.

    Scenario Outline: A page of <origin> is allowed nothing
      Given Ada holds an access token
      And her requests come from a page of "<origin>"
      When her browser asks leave to send a token
      Then the answer carries these headers:
        | header                      | value  |
        | Access-Control-Allow-Origin | absent |

      Examples:
        | origin                                |
        | https://evil.example                  |
        | null                                  |
        | https://app.example.test.evil.example |
        | https://evilapp.example.test          |
        | https://sub.app.example.test          |
        | https://app.example.test:8443         |
        | http://app.example.test               |
        | https://APP.example.test              |
        | https://appxexample.test              |

    Scenario: A page that asked no leave cannot read the answer either
      Given Ada holds an access token
      And her requests come from a page of "https://evil.example"
      When she presents it
      Then the answer carries these headers:
        | header                      | value  |
        | Access-Control-Allow-Origin | absent |

  @COR-03 @must @ASVS-3.4.2 @api @in_process
  Rule: No answer is for every origin, and none is for cookies

    Scenario Outline: An answer to a page of <origin> names no "*" and allows no cookies
      Given Ada holds an access token
      And her requests come from a page of "<origin>"
      When she presents it
      Then the answer carries these headers:
        | header                           | value     |
        | Access-Control-Allow-Origin      | <allowed> |
        | Access-Control-Allow-Credentials | absent    |

      Examples:
        | origin                   | allowed                  |
        | https://app.example.test | https://app.example.test |
        | https://evil.example     | absent                   |

    Scenario Outline: An API that is to allow "<origins>" <outcome>
      When the API is started with ALLOWED_ORIGINS "<origins>"
      Then it <outcome>

      Examples:
        | origins                                           | outcome                                  |
        | https://app.example.test,https://two.example.test | starts                                   |
        | *                                                 | refuses to start, naming ALLOWED_ORIGINS |
        | https://*.example.test                            | refuses to start, naming ALLOWED_ORIGINS |
        | null                                              | refuses to start, naming ALLOWED_ORIGINS |
        | http://app.example.test                           | refuses to start, naming ALLOWED_ORIGINS |
