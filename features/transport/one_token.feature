Feature: One token, and nothing else
  Behind the word Bearer stands one token. Nothing, two, or what cannot be a token is a mistake of the client's program,
  which is told so; it is never the API's own failure.

  @HDR-06 @should @RFC6750-3.1 @api
  Rule: The word Bearer alone is a malformed request; an empty header is none at all

    Scenario Outline: An Authorization header that holds "<value>" is <verdict>
      Given Ada holds an access token
      When she sends the Authorization header "<value>"
      Then access is <verdict>
      And the log gives the reason "<reason>"

      Examples:
        | value       | verdict                      | reason                |
        | Bearer      | refused as "request_invalid" | credentials_malformed |
        | Bearer{tab} | refused as "request_invalid" | credentials_malformed |
        |             | refused as "token_missing"   | scheme_unsupported    |

  @HDR-10 @should @RFC6750-3.1 @RFC9110-5.3 @api
  Rule: Two Authorization headers are one too many, whatever they hold
    Programs differ in which of the two they read. A proxy that checks the first and an API that reads the last would be
    deceived.

    Scenario Outline: Two headers, "<first>" and then "<second>", are refused
      Given Ada holds an access token
      And her requests carry the header "Authorization: <second>"
      When she sends the Authorization header "<first>"
      Then access is refused as "request_invalid"
      And the log gives the reason "credentials_repeated"

      Examples:
        | first          | second         |
        | Bearer {token} | Bearer x.y.z   |
        | Bearer x.y.z   | Bearer {token} |
        | Bearer {token} | Bearer {token} |
        | Bearer {token} | Basic QTpC     |

    Scenario: One header with the same token is granted
      Given Ada holds an access token
      When she sends the Authorization header "Bearer {token}"
      Then access is granted

  @HDR-11 @should @RFC6750-3.1 @RFC9110-11.4 @api
  Rule: Two tokens in one header are one too many

    Scenario Outline: Two credentials, "<value>", are refused
      Given Ada holds an access token
      When she sends the Authorization header "<value>"
      Then access is refused as "request_invalid"
      And the log gives the reason "credentials_malformed"

      Examples:
        | value                        |
        | Bearer {token}, Bearer x.y.z |
        | Bearer x.y.z, Bearer {token} |
        | Bearer {token} {token}       |
        | Bearer {token}, Basic QTpC   |
        | Bearer {token} realm=api     |
        | Bearer Bearer {token}        |

  @HDR-09 @must @RFC8725bis-3.14 @RFC9110-11.2 @api
  Rule: A token with a character that no token has is an invalid token
    One word stands there, so the request is well formed; but it is not the token that the issuer made, and nothing is taken
    off it to find one.

    Scenario Outline: A token written "<value>" is refused
      Given Ada holds an access token
      When she sends the Authorization header "<value>"
      Then access is refused as "token_invalid"

      Examples:
        | value                       |
        | Bearer "{token}"            |
        | Bearer '{token}'            |
        | Bearer <{token}>            |
        | Bearer {token},             |
        | Bearer ,{token}             |
        | Bearer {token};             |
        | Bearer token={token}        |
        | Bearer access_token={token} |
        | Bearer {token}==            |
