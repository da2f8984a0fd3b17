Feature: HTTPS
  What travels in the clear is everybody's. Neither party is spoken to over plain HTTP, and neither redirects: a redirect
  would repair the address and hide that the token had already been sent in the clear.

  @TRN-01 @must @ASVS-4.1.2 @ASVS-12.2.1 @OAuth2.1-7.1.3.3 @api
  Rule: The API refuses plain HTTP, whatever token comes with it

    Scenario Outline: A live token sent <way> is <verdict>
      Given Ada holds an access token
      And her requests go <way>
      When she presents it
      Then access is <verdict>

      Examples:
        | way             | verdict                     |
        | over HTTPS      | granted                     |
        | over plain HTTP | refused as "https_required" |

    Scenario: The refusal leads nowhere
      Given Ada holds an access token
      And her requests go over plain HTTP
      When she presents it
      Then the answer carries these headers:
        | header           | value  |
        | Location         | absent |
        | WWW-Authenticate | absent |

  @TRN-02 @policy @ASVS-4.1.2 @issuer
  Rule: The issuer refuses plain HTTP too, and sets no cookie over it
    It has no pages of its own that a person might reach by a bare address, so that there is nothing to redirect.

    Scenario Outline: A sign-in <way> is <verdict>
      Given Ada has signed up
      And her requests go <way>
      When Ada signs in with the right password
      Then the answer is <verdict>
      And the answer carries these headers:
        | header     | value    |
        | Location   | absent   |
        | Set-Cookie | <cookie> |

      Examples:
        | way             | verdict                     | cookie          |
        | over HTTPS      | granted                     | __Host-session… |
        | over plain HTTP | refused as "https_required" | absent          |

  @TRN-03 @must @ASVS-3.4.1 @RFC6797-7.2 @flow @in_process
  Rule: Every answer over HTTPS asks the browser to stay with HTTPS for a year
    A browser that has once been told does not try plain HTTP again. Refusals tell it as well. Over plain HTTP anybody could
    have written it, so that it is not sent there.

    Scenario Outline: Whatever a stranger asks the <party>, the answer asks for HTTPS
      When a stranger calls every route of the <party>
      Then every answer carries these headers:
        | header                    | value                               |
        | Strict-Transport-Security | max-age=31536000; includeSubDomains |

      Examples:
        | party  |
        | API    |
        | issuer |

    Scenario Outline: The API's answer to a call <situation> asks for HTTPS
      When Ada calls the API <situation>
      Then the answer carries these headers:
        | header                    | value                               |
        | Strict-Transport-Security | max-age=31536000; includeSubDomains |

      Examples:
        | situation                       |
        | with a live token               |
        | with an expired token           |
        | for another account             |
        | for something that is not there |

    Scenario: The API's answer over plain HTTP does not ask for it
      Given Ada holds an access token
      And her requests go over plain HTTP
      When she presents it
      Then the answer carries these headers:
        | header                    | value  |
        | Strict-Transport-Security | absent |

    Scenario: The issuer's answer over plain HTTP does not ask for it
      Given Ada has signed up
      And her requests go over plain HTTP
      When Ada signs in with the right password
      Then the answer carries these headers:
        | header                    | value  |
        | Strict-Transport-Security | absent |

  @TRN-06 @must @ASVS-12.2.1 @ASVS-12.3.2 @api @in_process
  Rule: The key set is fetched over HTTPS, from a server that proves who it is
    Whoever can answer for the key set can sign tokens. A setting that allows it stops the start, before the first request.

    Scenario Outline: An API whose key set is at "<address>" <outcome>
      When the API is started with JWKS_URL "<address>"
      Then it <outcome>

      Examples:
        | address                                    | outcome                           |
        | https://app.example.test/api/auth/jwks     | starts                            |
        | http://app.example.test/api/auth/jwks      | refuses to start, naming JWKS_URL |
        | file:///etc/jwks.json                      | refuses to start, naming JWKS_URL |
        | ftp://app.example.test/jwks.json           | refuses to start, naming JWKS_URL |
        | data:application/json,{}                   | refuses to start, naming JWKS_URL |
        | https:///api/auth/jwks                     | refuses to start, naming JWKS_URL |
        | https://app.example.test@evil.example/jwks | refuses to start, naming JWKS_URL |
        | //app.example.test/api/auth/jwks           | refuses to start, naming JWKS_URL |

    Scenario Outline: With a key set behind <certificate>, a live token is <verdict>
      Given Ada holds an access token
      And the key set is served behind <certificate>
      When she presents it
      Then access is <verdict>

      Examples:
        | certificate                           | verdict                       |
        | a certificate that the API trusts     | granted                       |
        | a certificate that nobody vouches for | refused as "keys_unavailable" |
