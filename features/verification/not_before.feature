Feature: Not before
  An issuer may say from when on a token is good. This issuer never does; the API obeys it where it is said.

  @NBF-01 @must @RFC7519-4.1.5 @ASVS-9.2.1 @api
  Rule: A token is refused before the instant its "not before" names
    Less the leeway, which works in the same direction as at the other end: it lengthens the token's life.

    Scenario Outline: A token that is not good before <nbf> is refused
      Given Ada holds an access token
      And its claim "nbf" is <nbf>
      When she presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "not_yet_valid"

      Examples:
        | nbf          |
        | now + 31     |
        | now + 30.5   |
        | now + 299    |
        | 253402300799 |

  @NBF-02 @may @RFC7519-4.1.5 @api
  Rule: A token is accepted from the instant its "not before" names, less the leeway

    Scenario Outline: A token that is good from <nbf> on is accepted
      Given Ada holds an access token
      And its claim "nbf" is <nbf>
      When she presents it
      Then access is granted

      Examples:
        | nbf      |
        | now + 30 |
        | now + 29 |
        | now      |
        | now - 1  |
        | 1        |

    Scenario: A token that says nothing of it is accepted
      Given Ada holds an access token
      When she presents it
      Then access is granted
