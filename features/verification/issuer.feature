Feature: Issuer
  The API trusts one issuer, by name. Whoever else signs, however well, speaks for nobody here.

  @ISS-02 @ISS-05 @must @RFC9068-4 @RFC8725-3.8 @api
  Rule: A token is accepted from the trusted issuer alone
    A key proves who signed; the issuer's name says for whom the key spoke. Both have to be the ones the API trusts.

    Scenario Outline: A token of <issuer> is <verdict>
      Given Mallory holds an access token
      And its claim "iss" is <iss>
      When Mallory presents it
      Then access is <verdict>
      And the log gives the reason "<reason>"

      Examples: Somebody else
        | issuer                  | iss                            | verdict                    | reason          |
        | another company         | "https://issuer.example.org"   | refused as "token_invalid" | issuer_wrong    |
        | the staging environment | "https://staging.example.test" | refused as "token_invalid" | issuer_wrong    |
        | the API itself          | "https://api.example.test"     | refused as "token_invalid" | issuer_wrong    |
        | nobody with a name      | ""                             | refused as "token_invalid" | claim_malformed |

    Scenario: A token of the trusted issuer, under the issuer's own key, is accepted
      Given Ada holds an access token
      And its claim "iss" is "https://app.example.test"
      When she presents it
      Then access is granted

  @ISS-01 @must @RFC9068-2.2 @RFC9068-4 @api
  Rule: A token that names no issuer is refused
    A library that compares the issuer only where there is one lets every token without a name through.

    Scenario: A token without an issuer is refused
      Given Mallory holds an access token
      And it has no claim "iss"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "claim_missing"

    Scenario: A token with an issuer is accepted
      Given Ada holds an access token
      When she presents it
      Then access is granted

  @ISS-03 @must @RFC9068-4 @RFC7519-2 @RFC7519-4.1.1 @api
  Rule: The issuer's name is compared character by character
    Two addresses that a browser would open alike are two names. Nothing is normalised, so nothing can be smuggled.

    Scenario Outline: An issuer that differs by <difference> is refused
      Given Mallory holds an access token
      And its claim "iss" is <iss>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "issuer_wrong"

      Examples:
        | difference             | iss                                             |
        | a trailing slash       | "https://app.example.test/"                     |
        | case                   | "https://APP.example.test"                      |
        | the scheme             | "http://app.example.test"                       |
        | no scheme              | "app.example.test"                              |
        | the default port       | "https://app.example.test:443"                  |
        | percent-encoding       | "https://app%2Eexample.test"                    |
        | a longer host          | "https://app.example.test.evil.example"         |
        | a host before it       | "https://evil.example/https://app.example.test" |
        | a user before the host | "https://app.example.test@evil.example"         |
        | a missing letter       | "https://app.example.tes"                       |
        | a path                 | "https://app.example.test/realms/evil"          |
        | a query                | "https://app.example.test?tenant=evil"          |
        | a fragment             | "https://app.example.test#evil"                 |
        | a leading space        | " https://app.example.test"                     |
        | a line break           | "https://app.example.test\u000a"                |
        | a NUL                  | "https://app.example.test\u0000"                |
        | a letter's double      | "https://аpp.example.test"                      |

    Scenario: The same name in another JSON spelling is accepted
      Given Ada holds an access token
      And its claim "iss" is "\u0068ttps:\/\/app.example.test"
      When she presents it
      Then access is granted

  @ISS-04 @must @RFC9068-4 @RFC7519-4.1.1 @api
  Rule: The issuer is one string
    A list that contains the right name names somebody else as well.

    Scenario Outline: An issuer given as <form> is refused
      Given Mallory holds an access token
      And its claim "iss" is <iss>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "claim_malformed"

      Examples:
        | form                     | iss                                                  |
        | a list of the right name | ["https://app.example.test"]                         |
        | a list of two names      | ["https://app.example.test", "https://evil.example"] |
        | an object                | {"https://app.example.test": true}                   |
        | a number                 | 7                                                    |
        | a boolean                | true                                                 |
        | null                     | null                                                 |

    Scenario: An issuer given as a string is accepted
      Given Ada holds an access token
      And its claim "iss" is "https://app.example.test"
      When she presents it
      Then access is granted
