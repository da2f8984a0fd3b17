Feature: Headers that a proxy sets
  A proxy tells the application behind it where a request came from, and anybody can write the same headers. They are
  believed from a proxy that the policy names, and from nobody else.

  @TRN-04 @must @ASVS-4.1.3 @RFC9700-4.13 @api @in_process
  Rule: The API believes a proxy that it trusts, and no one else, about the scheme

    Scenario Outline: Where the API trusts <proxies>, plain HTTP said to be "<header>" is <verdict>
      Given Ada holds an access token
      And the API trusts <proxies>
      And her requests go over plain HTTP
      And her requests carry the header "<header>"
      When she presents it
      Then access is <verdict>

      Examples:
        | proxies                  | header                   | verdict                     |
        | the proxy in front of it | X-Forwarded-Proto: https | granted                     |
        | the proxy in front of it | X-Forwarded-Proto: http  | refused as "https_required" |
        | no proxy                 | X-Forwarded-Proto: https | refused as "https_required" |
        | no proxy                 | X-Forwarded-Ssl: on      | refused as "https_required" |
        | no proxy                 | Forwarded: proto=https   | refused as "https_required" |
        | no proxy                 | X-Url-Scheme: https      | refused as "https_required" |

  @TRN-04 @must @ASVS-4.1.3 @RFC9700-4.13 @issuer @in_process
  Rule: The issuer believes a proxy that it trusts, and no one else, about the scheme, its name and the sender

    Scenario Outline: Where the issuer trusts <proxies>, a sign-in over plain HTTP said to be HTTPS is <verdict>
      Given Ada has signed up
      And the issuer trusts <proxies>
      And her requests go over plain HTTP
      And her requests carry the header "X-Forwarded-Proto: https"
      When Ada signs in with the right password
      Then the answer is <verdict>

      Examples:
        | proxies                  | verdict                     |
        | the proxy in front of it | granted                     |
        | no proxy                 | refused as "https_required" |

    Scenario Outline: A sign-in that carries "<header>" gets the same cookie, and tokens of the same issuer
      Given Ada has signed up
      And her requests carry the header "<header>"
      When Ada signs in with the right password
      Then the answer's cookie carries exactly these attributes:
        | attribute | value          |
        | name      | __Host-session |
        | Path      | /              |
        | Secure    |                |
        | HttpOnly  |                |
        | SameSite  | Lax            |
        | Max-Age   | 604800         |
      And Ada's session is active

      Examples:
        | header                                   |
        | X-Forwarded-Proto: http                  |
        | X-Forwarded-Host: evil.example           |
        | Forwarded: host=evil.example; proto=http |
        | X-Original-Host: evil.example            |

    Scenario Outline: Failed sign-ins are counted alike when the next one carries "<header>"
      Given Ada's session is signed out while five sign-ins have failed
      And her requests carry the header "<header>"
      When Ada signs in with the right password
      Then the answer is refused as "too_many_attempts"

      Examples:
        | header                       |
        | X-Forwarded-For: 203.0.113.7 |
        | X-Real-IP: 203.0.113.7       |
        | Forwarded: for=203.0.113.7   |

  @TRN-05 @must @ASVS-4.1.3 @RFC9700-4.13 @api
  Rule: A header that names a person or a role is no credential
    Gateways pass on whom they have authenticated in such headers. This API asks for the token itself.

    Scenario Outline: Without a token, "<header>" opens nothing
      Given Ada's requests carry the header "<header>"
      When Ada calls the API without a token
      Then access is refused as "token_missing"

      Examples:
        | header                               |
        | X-User-Id: 1                         |
        | X-Authenticated-User: ada            |
        | X-Forwarded-User: ada                |
        | Remote-User: ada                     |
        | X-Roles: admin                       |
        | X-Forwarded-Client-Cert: Subject=ada |
        | X-Original-URL: /                    |
        | X-Rewrite-URL: /                     |
        | X-Original-URI: /health              |
        | X-Forwarded-Uri: /health             |
        | X-MS-CLIENT-PRINCIPAL-NAME: ada      |
        | X-Amzn-Oidc-Identity: ada            |
        | X-Goog-Authenticated-User-Email: ada |

    Scenario: With her own token, a header that names somebody else changes nothing
      Given Ada holds an access token
      And her requests carry the header "X-User-Id: grace"
      When she presents it
      Then access is granted
      And the API answers Ada's name

  @TRN-07 @must @ASVS-4.1.4 @ASVS-13.4.4 @api
  Rule: The method is the one in the request line, and one of those that the route knows
    A header that switches the method goes past whatever looked at the request line. TRACE would echo the token.

    Scenario Outline: A request by <method> that carries "<header>" is <verdict>
      Given Ada holds an access token
      And her requests go by <method>
      And her requests carry the header "<header>"
      When she presents it
      Then access is <verdict>

      Examples:
        | method | header                         | verdict                         |
        | GET    | Accept: */*                    | granted                         |
        | GET    | X-HTTP-Method-Override: DELETE | granted                         |
        | GET    | X-HTTP-Method: DELETE          | granted                         |
        | GET    | X-Method-Override: DELETE      | granted                         |
        | DELETE | X-HTTP-Method-Override: GET    | refused as "method_not_allowed" |
        | TRACE  | Accept: */*                    | refused as "method_not_allowed" |
        | TRACK  | Accept: */*                    | refused as "method_not_allowed" |
