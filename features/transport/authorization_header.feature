Feature: The Authorization header
  An access token travels in one place: the Authorization header, behind the word Bearer.

  @HDR-01 @must @RFC6750-3 @RFC6750-3.1 @RFC9110-15.5.2 @api
  Rule: The API answers whoever brings a live token, and asks the others for one
    Who brings nothing has made no mistake: the answer says which credentials are asked for, and names no error. That comes
    before everything else, the method too.

    Scenario: A call with a live access token is answered
      Given Ada holds an access token
      When she presents it
      Then access is granted
      And the API answers Ada's name

    Scenario Outline: A call by <method> without a token is refused
      Given Ada's requests go by <method>
      When Ada calls the API without a token
      Then access is refused as "token_missing"
      And the answer carries these headers:
        | header           | value              |
        | WWW-Authenticate | Bearer realm="api" |

      Examples:
        | method  |
        | GET     |
        | POST    |
        | PUT     |
        | PATCH   |
        | DELETE  |
        | OPTIONS |

    Scenario: A call by HEAD without a token is refused by the same headers, without a body
      Given Ada's requests go by HEAD
      When Ada calls the API without a token
      Then the log gives the reason "credentials_missing"
      And the answer carries these headers:
        | header           | value              |
        | WWW-Authenticate | Bearer realm="api" |

    Scenario Outline: A call by <method> with a live token is <verdict>
      Given Ada holds an access token
      And her requests go by <method>
      When she presents it
      Then access is <verdict>

      Examples:
        | method | verdict                         |
        | GET    | granted                         |
        | HEAD   | granted                         |
        | DELETE | refused as "method_not_allowed" |

  @HDR-02 @must @RFC9110-11.1 @RFC9110-2.4 @OAuth2.1-5.1.1 @api
  Rule: The word Bearer is read without regard to case

    Scenario Outline: A token behind "<scheme>" is granted
      Given Ada holds an access token
      When she sends the Authorization header "<scheme> {token}"
      Then access is granted

      Examples:
        | scheme |
        | Bearer |
        | bearer |
        | BEARER |
        | bEaReR |

  @HDR-03 @HDR-05 @must @RFC9110-11.4 @RFC9110-5.5 @RFC9110-2.4 @OAuth2.1-5.1.1 @api
  Rule: Spaces between scheme and token, and white space around the value, change nothing
    The grammar is 1*SP between them. White space around a field's value is no part of it.

    Scenario Outline: A header value written "<value>" is granted
      Given Ada holds an access token
      When she sends the Authorization header "<value>"
      Then access is granted

      Examples:
        | value                     |
        | Bearer  {token}           |
        | Bearer     {token}        |
        | Bearer {token}{tab}       |
        | Bearer {token}{tab} {tab} |
        | {tab}Bearer {token}       |
