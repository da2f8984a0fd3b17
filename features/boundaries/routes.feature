Feature: Which routes are open
  Every route asks for a credential unless it is listed here. A route that nobody thought of is closed.

  @AZN-05 @AZN-06 @must @ASVS-8.2.1 @ASVS-13.4.5 @api @in_process
  Rule: The API opens two routes to strangers, and describes each route as it behaves
    Documentation pages and metrics are not served. OpenAPI does not describe channels, nor itself.

    Scenario: These are the routes of the API
      When a stranger calls every route of the API
      Then these are all its routes:
        | method    | path                | asks for | described as |
        | GET       | /                   | nothing  | nothing      |
        | GET       | /openapi.json       | nothing  | -            |
        | GET       | /me                 | a token  | access_token |
        | POST      | /echo               | a token  | access_token |
        | GET       | /accounts/{subject} | a token  | access_token |
        | WEBSOCKET | /live               | a token  | -            |

  @AZN-05 @must @ASVS-8.2.1 @ASVS-13.4.5 @issuer @in_process
  Rule: The issuer opens to strangers what leads to a session, and its public keys

    Scenario: These are the routes of the issuer
      When a stranger calls every route of the issuer
      Then these are all its routes:
        | method | path                      | asks for  |
        | POST   | /api/auth/sign-up/email   | nothing   |
        | POST   | /api/auth/sign-in/email   | nothing   |
        | POST   | /api/auth/access-token    | a session |
        | POST   | /api/auth/sign-out        | nothing   |
        | POST   | /api/auth/revoke-sessions | a session |
        | POST   | /api/auth/change-password | a session |
        | POST   | /api/auth/delete-user     | a session |
        | GET    | /api/auth/jwks            | nothing   |
        | GET    | /openapi.json             | nothing   |

  @BND-02 @policy @api
  Rule: A public route answers without a token

    Scenario: A stranger reads the public page
      When Ada calls the API for its public page, without a token
      Then access is granted

  @AZN-04 @policy @RFC6750-3.1 @api
  Rule: A caller is authenticated before the body is looked at
    An unknown caller neither learns what a body must look like, nor has the API parse one.

    Scenario Outline: To <body> sent without a token, the API answers that it asks for one
      When Ada sends <body> without a token
      Then access is refused as "token_missing"

      Examples:
        | body                             |
        | a well-formed body               |
        | a body that is cut short         |
        | a body without what it must hold |
        | a body of another type           |
        | a body of a megabyte             |

    Scenario Outline: <body>, sent with a live token, is <verdict>
      Given Ada holds an access token
      When she sends <body> with it
      Then access is <verdict>

      Examples:
        | body                             | verdict                      |
        | a well-formed body               | granted                      |
        | a body that is cut short         | refused as "request_invalid" |
        | a body without what it must hold | refused as "request_invalid" |
        | a body of another type           | refused as "request_invalid" |

  @AZN-07 @must @ASVS-8.3.1 @ASVS-4.1.3 @api
  Rule: The API verifies for itself, whatever a middleware before it says
    A frontend whose only guard was its middleware could be walked past with one header. The API's verdict does not depend on
    what was checked before, nor on where a request says that it comes from.

    Scenario Outline: Without a token, "<header>" opens nothing
      Given Ada's requests carry the header "<header>"
      When Ada calls the API without a token
      Then access is refused as "token_missing"

      Examples:
        | header                                                                |
        | x-middleware-subrequest: middleware                                   |
        | x-middleware-subrequest: src/middleware:src/middleware:src/middleware |
        | x-middleware-rewrite: /                                               |
        | x-middleware-next: 1                                                  |
        | RSC: 1                                                                |
        | Next-Router-Prefetch: 1                                               |
        | Purpose: prefetch                                                     |
        | Next-Action: 7f00                                                     |
        | Access-Control-Request-Method: GET                                    |
        | User-Agent: kube-probe/1.31                                           |
        | User-Agent: ELB-HealthChecker/2.0                                     |
        | X-Forwarded-For: 127.0.0.1                                            |
        | X-Real-IP: 127.0.0.1                                                  |
        | X-Internal-Request: true                                              |
        | X-Test-User: ada                                                      |
        | X-API-Key: test                                                       |

    Scenario: With a live token, such a header closes nothing
      Given Ada holds an access token
      And her requests carry the header "x-middleware-subrequest: middleware"
      When she presents it
      Then access is granted
