Feature: Public routes
  Some pages of an API answer anybody. That is written on a list, and a token that is brought all the same is checked.

  @ERR-17 @policy @RFC6750-3.1 @ASVS-16.5.3 @api
  Rule: A bad token is refused on a public page too, never taken for no token
    A client that believes itself signed in must learn that it is not.

    Scenario: A public page answers without a token
      When Ada calls the API for its public page, without a token
      Then access is granted

    Scenario: A public page answers a live token
      When Ada calls the API for its public page
      Then access is granted

    Scenario: A public page refuses a token of another service
      Given Mallory holds an access token
      And its claim "aud" is "https://files.example.test"
      When Mallory calls the API for its public page
      Then access is refused as "token_invalid"

  @ERR-10 @must @ASVS-16.5.3 @ASVS-16.5.4 @api
  Rule: A token that cannot be read is refused, and never breaks the API
    Whatever bytes arrive, the answer is one of the contract; the next good request is served.

    Scenario Outline: A token whose <place> is <oddity> is refused like any other
      Given Mallory holds an access token
      And its <place> is <oddity>
      When she presents it
      Then access is refused as "token_invalid"

      Examples:
        | place         | oddity                  |
        | claim "exp"   | a number of 5000 digits |
        | claim "exp"   | NaN                     |
        | claim "exp"   | 1e400                   |
        | claim "sub"   | a list nested 2000 deep |
        | claim "aud"   | [[]]                    |
        | header "alg"  | ["EdDSA"]               |
        | header "kid"  | {}                      |
        | header "crit" | 7                       |

    Scenario: A good token is served after a bad one
      Given Mallory holds an access token
      And its claim "exp" is NaN
      And Mallory has presented it
      When Ada calls the API with a live token
      Then access is granted
