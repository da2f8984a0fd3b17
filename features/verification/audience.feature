Feature: Audience
  A token is made for one API. A token that another service may rightly accept must not open this one.

  @AUD-02 @must @RFC7519-4.1.3 @RFC9068-4 @RFC9700-2.3 @ASVS-9.2.3 @api
  Rule: A token whose audience does not name this API is refused
    Another service that is given a token made for itself could otherwise use it here.

    Scenario: A token for this API is accepted
      Given Ada holds an access token
      And its claim "aud" is "https://api.example.test"
      When she presents it
      Then access is granted

    Scenario: A token for another service is refused
      Given Ada holds an access token
      And its claim "aud" is "https://files.example.test"
      When she presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "audience_wrong"

  @AUD-01 @must @RFC9068-4 @RFC8725-3.9 @ASVS-9.2.3 @ASVS-10.3.1 @api
  Rule: A token that names no audience is refused
    Made for nobody in particular is not made for everybody.

    Scenario: A token without an audience is refused
      Given Ada holds an access token
      And it has no claim "aud"
      When she presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "claim_missing"

    Scenario Outline: A token without an audience is refused although its claim "<claim>" names this API
      Given Ada holds an access token
      And it has no claim "aud"
      And its claim "<claim>" is "https://api.example.test"
      When she presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "claim_missing"

      Examples:
        | claim     |
        | client_id |
        | azp       |
        | resource  |

  @AUD-03 @must @RFC7519-4.1.3 @RFC7519-2 @RFC9068-4 @api
  Rule: The API's name is compared character by character
    No prefix, no case folding, no trailing slash forgiven: the audience is a name, not an address.

    Scenario Outline: An audience that differs by <difference> is refused
      Given Ada holds an access token
      And its claim "aud" is <aud>
      When she presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "audience_wrong"

      Examples:
        | difference       | aud                                          |
        | a longer host    | "https://api.example.test.evil.example"      |
        | a longer path    | "https://api.example.test/v2"                |
        | a missing letter | "https://api.example.tes"                    |
        | case             | "https://API.example.test"                   |
        | a trailing slash | "https://api.example.test/"                  |
        | the scheme       | "http://api.example.test"                    |
        | a leading space  | " https://api.example.test"                  |
        | a second name    | "https://api.example.test https://b.example" |
        | a comma          | "https://api.example.test,https://b.example" |

  @AUD-04 @must @RFC7519-4.1.3 @api
  Rule: An audience of several names is accepted if this API is one of them
    The standard lets a token be meant for several services, and each has to find itself in the list.

    Scenario Outline: An audience of <names> is <verdict>
      Given Ada holds an access token
      And its claim "aud" is <aud>
      When she presents it
      Then access is <verdict>

      Examples:
        | names                  | aud                                                         | verdict                    |
        | this API alone         | ["https://api.example.test"]                                | granted                    |
        | this API and a service | ["https://api.example.test", "https://files.example.test"]  | granted                    |
        | a service and this API | ["https://files.example.test", "https://api.example.test"]  | granted                    |
        | a longer name          | ["https://api.example.test.evil.example"]                   | refused as "token_invalid" |
        | two other services     | ["https://files.example.test", "https://mail.example.test"] | refused as "token_invalid" |

  @AUD-05 @must @RFC7519-4.1.3 @RFC9068-4 @api
  Rule: The audience is a string, or a list of strings
    An empty list is contained in everything for a careless comparison, and "*" is a name like any other.

    Scenario Outline: An audience given as <form> is refused
      Given Ada holds an access token
      And its claim "aud" is <aud>
      When she presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "<reason>"

      Examples:
        | form                      | aud                                | reason          |
        | an empty list             | []                                 | claim_malformed |
        | an empty string           | ""                                 | audience_wrong  |
        | a list of an empty string | [""]                               | audience_wrong  |
        | a list of another name    | ["x"]                              | audience_wrong  |
        | a list of a number        | [1]                                | claim_malformed |
        | a name and a number       | ["https://api.example.test", 1]    | claim_malformed |
        | a list in a list          | [["https://api.example.test"]]     | claim_malformed |
        | an object                 | {"https://api.example.test": true} | claim_malformed |
        | an empty object           | {}                                 | claim_malformed |
        | a boolean                 | true                               | claim_malformed |
        | null                      | null                               | claim_malformed |
        | a star                    | "*"                                | audience_wrong  |

  @AUD-06 @must @RFC9068-4 @RFC9068-5 @ASVS-9.2.2 @api
  Rule: A token made for the frontend is no token for the API
    An ID token tells the frontend who signed in; its audience is the frontend's own client id.

    Scenario Outline: A token made for <whom> is <verdict>
      Given Ada holds an access token
      And its claim "aud" is <aud>
      When she presents it
      Then access is <verdict>

      Examples:
        | whom                     | aud                                 | verdict                    |
        | the frontend             | "web"                               | refused as "token_invalid" |
        | the issuer               | "https://app.example.test"          | refused as "token_invalid" |
        | the frontend and the API | ["web", "https://api.example.test"] | granted                    |
