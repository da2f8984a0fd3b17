Feature: Elsewhere than in the header
  A token in an address is kept by logs, histories and Referer headers; a token in a cookie is sent by any page that asks.
  The API reads tokens from the Authorization header alone.

  @HDR-12 @must @OAuth2.1-5.1 @RFC9700-4.3.2 @ASVS-14.2.1 @api
  Rule: A token in the address is not read

    Scenario Outline: A live token sent as <carrier> is <verdict>
      Given Ada holds an access token
      When she sends it as <carrier>
      Then access is <verdict>

      Examples:
        | carrier                            | verdict                    |
        | the header "Authorization"         | granted                    |
        | the query parameter "access_token" | refused as "token_missing" |
        | the query parameter "token"        | refused as "token_missing" |
        | the query parameter "jwt"          | refused as "token_missing" |
        | the query parameter "auth_token"   | refused as "token_missing" |
        | the query parameter "bearer"       | refused as "token_missing" |

  @HDR-13 @policy @RFC6750-2 @RFC6750-3.1 @OAuth2.1-5.1 @api
  Rule: A token in the address beside the header's is a malformed request
    RFC 6750 calls it invalid, OAuth 2.1 has it ignored. Here it is refused, so that the leak is noticed while it is young.
    Only the parameter that RFC 6750 once named can be told from the application's own.

    Scenario Outline: A live token in the header, with "<query>" in the address, is <verdict>
      Given Ada holds an access token
      And her requests carry the query "<query>"
      When she presents it
      Then access is <verdict>

      Examples:
        | query                       | verdict                      |
        | page=2                      | granted                      |
        | token=of-a-page             | granted                      |
        | access_token={token}        | refused as "request_invalid" |
        | page=2&access_token={token} | refused as "request_invalid" |
        | access%5Ftoken={token}      | refused as "request_invalid" |
        | access_token=               | refused as "request_invalid" |

  @HDR-14 @policy @RFC6750-2.2 @OAuth2.1-5.1.2 @api
  Rule: A token in a form is not read
    RFC 6750 allows it where an API offers it, and never in a GET request. This one does not.

    Scenario Outline: A live token sent as <carrier> asks for a token
      Given Ada holds an access token
      When she sends it as <carrier>
      Then access is refused as "token_missing"

      Examples:
        | carrier                       |
        | a form field                  |
        | a form field of a GET request |

  @HDR-15 @policy @RFC6750-2 @api
  Rule: A token in a JSON body or in another header is not read
    Whoever is refused for one spelling would else try the next, and a proxy would check only the first.

    Scenario Outline: A live token sent as <carrier> instead is not read
      Given Ada holds an access token
      When she sends it as <carrier>
      Then access is refused as "token_missing"
      And the log gives the reason "credentials_missing"

      Examples:
        | carrier                               |
        | a member of a JSON body               |
        | the header "X-Access-Token"           |
        | the header "X-Auth-Token"             |
        | the header "Proxy-Authorization"      |
        | the header "X-Forwarded-Access-Token" |

  @HDR-16 @policy @OAuth2.1-7.1.3.4 @ASVS-3.5.1 @api
  Rule: A token in a cookie is not read
    A browser sends cookies with requests that a foreign page makes. An API that reads none cannot be asked by such a page.

    Scenario Outline: A live token sent as <carrier>, which any page could have sent, is not read
      Given Ada holds an access token
      When she sends it as <carrier>
      Then access is refused as "token_missing"
      And the log gives the reason "credentials_missing"

      Examples:
        | carrier                     |
        | the cookie "access_token"   |
        | the cookie "__Host-session" |
        | the cookie "token"          |
        | the cookie "jwt"            |

    Scenario: A cookie that came with an answer is no token either
      Given Ada holds an access token
      And Ada has presented it
      And her requests carry the cookies of that answer
      When Ada calls the API without a token
      Then access is refused as "token_missing"
