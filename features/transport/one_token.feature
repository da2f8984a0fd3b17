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

  @HDR-17 @must @RFC8725bis-3.14 @RFC9110-11.2 @ASVS-16.5.3 @ASVS-16.5.4 @api
  Rule: Octets beyond ASCII are refused in an orderly answer
    Such octets have made verifiers fail and answer 500. Percent-encoded ones are ASCII, and so an invalid token: nothing is
    decoded before it is verified.

    Scenario Outline: Octets beyond ASCII, "<value>", are <verdict>
      Given Ada holds an access token
      When she sends the Authorization header "<value>"
      Then access is <verdict>

      Examples:
        | value                                     | verdict                      |
        | Bearer {token}é                           | refused as "request_invalid" |
        | Bearer {token}{é}                         | refused as "request_invalid" |
        | Bearer é{token}                           | refused as "request_invalid" |
        | Bearer {token}{no-break space}            | refused as "request_invalid" |
        | Bearer {token}{no-break space in Latin-1} | refused as "request_invalid" |
        | B{é}arer {token}                          | refused as "token_missing"   |
        | Bearer {percent-encoded token}            | refused as "token_invalid"   |
        | Bearer %20{token}                         | refused as "token_invalid"   |

  @HDR-18 @must @RFC9110-5.5 @ASVS-4.2.4 @api
  Rule: Control characters in the header are refused, even where a server let them through
    Most servers refuse such a request before the API sees it. One that unfolds lines or forwards a NUL must not open a way
    past the check.

    Scenario Outline: Control characters, "<value>", are refused
      Given Ada holds an access token
      When she sends the Authorization header "<value>"
      Then access is refused as "request_invalid"
      And the log gives the reason "credentials_malformed"

      Examples:
        | value                      |
        | Bearer {NUL}{token}        |
        | Bearer {token}{NUL}        |
        | Bearer {token}{DEL}        |
        | Bearer {token}{CR}{LF}     |
        | Bearer {token}{LF}X: y     |
        | Bearer {CR}{LF} {token}    |
        | Bearer {token}{tab}{token} |
