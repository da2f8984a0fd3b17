Feature: Refusals
  Whoever is refused learns what to do next, and nothing that would help a forger. Every refusal of the API and of the
  issuer has a code from a closed list and travels as problem details (RFC 9457) whose type is the code's own page.

  @ANS-01 @ERR-01 @ERR-02 @ERR-03 @ERR-05 @ERR-11 @must @RFC9110-15.5.2 @RFC6750-3 @RFC6750-3.1 @RFC9068-4 @RFC9457-3 @ASVS-4.1.1 @api
  Rule: The API refuses with a code, a status and a challenge that fit together
    The challenge says that a token is wanted, and names an error only where there was a token to be wrong.

    Scenario Outline: A call <situation> is refused as "<code>"
      When Ada calls the API <situation>
      Then it answers problem details with the code "<code>" and the status <status>
      And with <challenge>

      Examples: What the client does
        | situation                        | code               | status | challenge                                    | the client                  |
        | without a token                  | token_missing      | 401    | a challenge without an error                 | gets a token, else signs in |
        | with two tokens                  | request_invalid    | 400    | a challenge with the error "invalid_request" | fixes its code              |
        | with an expired token            | token_expired      | 401    | a challenge with the error "invalid_token"   | renews once, retries once   |
        | with a token for another service | token_invalid      | 401    | a challenge with the error "invalid_token"   | drops the token, signs in   |
        | for another account              | permission_denied  | 403    | no challenge                                 | does not retry              |
        | over plain HTTP                  | https_required     | 403    | no challenge                                 | fixes its address           |
        | for something that is not there  | not_found          | 404    | no challenge                                 | fixes its address           |
        | by a method it does not know     | method_not_allowed | 405    | no challenge                                 | fixes its code              |
        | with a body of the wrong shape   | request_invalid    | 422    | no challenge                                 | fixes its code              |

    Scenario: A call with a live token is answered without a challenge
      When Ada calls the API with a live token
      Then access is granted
      And with no challenge

  @ANS-01 @policy @RFC9457-3 @issuer
  Rule: The issuer refuses with a code and a status that fit together
    Its challenge names the cookie that it reads, since HTTP wants one with every 401.

    Scenario Outline: Asking <situation> is refused as "<code>"
      When Ada asks the issuer <situation>
      Then it answers problem details with the code "<code>" and the status <status>
      And with <challenge>

      Examples: What the frontend does
        | situation                                | code                | status | challenge                    | the frontend                    |
        | with a wrong password                    | credentials_invalid | 401    | a challenge without an error | asks again, without saying more |
        | with a wrong password for the sixth time | too_many_attempts   | 429    | no challenge                 | waits as long as it is told     |
        | without a session                        | session_missing     | 401    | a challenge without an error | asks for the password           |
        | with a lapsed session                    | session_expired     | 401    | a challenge without an error | asks for the password           |
        | with a revoked session                   | session_revoked     | 401    | a challenge without an error | asks for the password           |
        | from a foreign page                      | origin_untrusted    | 403    | no challenge                 | is not ours                     |
        | in a form                                | request_invalid     | 415    | no challenge                 | fixes its code                  |
        | in words that are not JSON               | request_invalid     | 400    | no challenge                 | fixes its code                  |
        | in more words than it reads              | request_invalid     | 413    | no challenge                 | fixes its code                  |
        | for something that is not there          | not_found           | 404    | no challenge                 | fixes its address               |
        | by a method it does not know             | method_not_allowed  | 405    | no challenge                 | fixes its code                  |

    Scenario: Asking with a live session is answered
      When Ada asks the issuer with a live session
      Then the answer is granted

  @ERR-18 @must @RFC9110-15.5.6 @flow @in_process
  Rule: A method that a path does not know is answered with those it knows

    Scenario: The API names the methods of the path
      When Ada calls the API by a method it does not know
      Then access is refused as "method_not_allowed"
      And the answer carries these headers:
        | header | value |
        | Allow  | GET   |

    Scenario: The issuer names the methods of the path
      When Ada asks the issuer by a method it does not know
      Then the answer is refused as "method_not_allowed"
      And the answer carries these headers:
        | header | value |
        | Allow  | POST  |

  @ERR-04 @policy @RFC6750-3.1 @api
  Rule: A caller who is known but not allowed is refused without a challenge
    Another token would not help: this is authorization's answer, given after authentication. The contract has no
    scopes, so there is no "insufficient_scope" either.

    Scenario: The account of somebody else is refused to a known caller
      When Ada calls the API for another account
      Then access is refused as "permission_denied"
      And with no challenge

  @ERR-15 @policy @RFC9110-15.5.4 @api
  Rule: Without a token nobody learns which paths there are
    The gate is closed before the routes are looked at.

    Scenario Outline: A path <is there> answers a stranger as every other does
      When Mallory calls the API <situation>
      Then access is refused as "token_missing"

      Examples:
        | is there      | situation                                        |
        | that is there | without a token                                  |
        | that is not   | for something that is not there, without a token |

    Scenario: A path that is not there says so to a known caller
      When Ada calls the API for something that is not there
      Then access is refused as "not_found"

  @ERR-14 @must @RFC9110-9.3.2 @RFC9110-15.5.2 @api
  Rule: A refusal of HEAD has the headers of the refusal of GET and no body

    Scenario: Asking for the headers alone gets the challenge alone
      When Ada calls the API for the headers alone, without a token
      Then with a challenge without an error
      And the answer has no body
