Feature: Octets that no token has
  A header is octets. Those that no token has are refused before anything tries to read them as one.

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

  @HDR-18 @must @RFC9110-5.5 @RFC9112-5.2 @ASVS-4.2.4 @api
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
        | Bearer {tab}{token}        |
        | Bearer {NUL}{token}        |
        | Bearer {token}{NUL}        |
        | Bearer {token}{DEL}        |
        | Bearer {token}{CR}{LF}     |
        | Bearer {token}{LF}X: y     |
        | Bearer {CR}{LF} {token}    |
        | Bearer {token}{tab}{token} |
