Feature: Other schemes
  The word before the token names the scheme. Whatever is not the word Bearer is a scheme that this API does not know, and
  who uses one is told which it knows.

  @HDR-04 @HDR-07 @should @RFC9110-11.4 @RFC6750-2.1 @RFC6750-3.1 @api
  Rule: What stands before the first space must be the word Bearer and nothing more
    A tab or a no-break space is no space, so the scheme has another name, which this API does not know.

    Scenario Outline: A header value written "<value>" asks for a token
      Given Ada holds an access token
      When she sends the Authorization header "<value>"
      Then access is refused as "token_missing"
      And the log gives the reason "scheme_unsupported"
      And the answer carries these headers:
        | header           | value              |
        | WWW-Authenticate | Bearer realm="api" |

      Examples:
        | value                                    |
        | Bearer{token}                            |
        | Bearer{tab}{token}                       |
        | Bearer{no-break space}{token}            |
        | Bearer{no-break space in Latin-1}{token} |
        | Bearer={token}                           |
        | Bearer:{token}                           |
        | {token}                                  |

  @HDR-08 @should @RFC6750-3.1 @api
  Rule: A token behind another scheme is not looked at

    Scenario Outline: A live token behind the scheme "<scheme>" asks for a token
      Given Ada holds an access token
      When she sends the Authorization header "<scheme> {token}"
      Then access is refused as "token_missing"
      And the log gives the reason "scheme_unsupported"
      And the answer carries these headers:
        | header           | value              |
        | WWW-Authenticate | Bearer realm="api" |

      Examples:
        | scheme  |
        | Basic   |
        | Token   |
        | JWT     |
        | Digest  |
        | DPoP    |
        | Bearers |
