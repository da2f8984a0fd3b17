Feature: Answers that a page can read
  What a page of an allowed origin is refused, it can read as well; and no cache hands one origin's answer to another.

  @COR-04 @COR-06 @policy @Fetch-cors-check @Fetch-http-responses @api @in_process
  Rule: A page can read a refusal too, with its challenge and the time to try again
    Without these headers a script learns only that something failed, and can neither renew nor wait.

    Scenario Outline: A page reads the refusal of a call <situation>
      Given Ada's requests come from a page of "https://app.example.test"
      When Ada calls the API <situation>
      Then the answer carries these headers:
        | header                        | value                         |
        | Access-Control-Allow-Origin   | https://app.example.test      |
        | Access-Control-Expose-Headers | WWW-Authenticate, Retry-After |

      Examples:
        | situation                       |
        | without a token                 |
        | with two tokens                 |
        | with an expired token           |
        | for another account             |
        | for something that is not there |

    Scenario: A page reads the answer of an API that has failed
      Given Ada holds an access token
      And her requests come from a page of "https://app.example.test"
      And the API has a defect
      When she presents it
      Then access is refused as "internal_error"
      And it answers problem details with the code "internal_error" and the status 500
      And the answer carries these headers:
        | header                      | value                    |
        | Access-Control-Allow-Origin | https://app.example.test |

  @COR-05 @must @Fetch-cors-protocol-and-http-caches @api
  Rule: Every answer says that it depends on the origin
    A cache that keeps an answer without saying so hands one origin's leave to another, or to none.

    Scenario Outline: An answer to <page> varies by origin
      Given Ada's requests come from <page>
      When Ada calls the API without a token
      Then the answer carries these headers:
        | header | value  |
        | Vary   | Origin |

      Examples:
        | page                                 |
        | no page                              |
        | a page of "https://app.example.test" |
        | a page of "https://evil.example"     |

    Scenario: The answer to a browser that asks leave varies by origin
      Given Ada's requests come from a page of "https://app.example.test"
      When her browser asks leave to send a token
      Then the answer carries these headers:
        | header | value   |
        | Vary   | Origin… |
