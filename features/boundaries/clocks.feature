Feature: Clocks that disagree
  The issuer states instants by its clock, and every instance of the API reads them by its own.

  @CAC-06 @policy @RFC7519-4.1.4 @api @clock @in_process
  Rule: An API whose clock is no more than 30 seconds off refuses no genuine token
    Each instance reads a clock of its own. The leeway is for their disagreement; beyond it, the clock has to be mended.

    Scenario Outline: A token in the last second of its life is <verdict> by an API whose clock is <seconds> seconds ahead
      Given Ada holds an access token
      And 299 seconds have passed
      And the API's clock is <seconds> seconds ahead
      When she presents it
      Then access is <verdict>

      Examples:
        | seconds | verdict                    |
        | 30      | granted                    |
        | 31      | refused as "token_expired" |
        | 60      | refused as "token_expired" |

    Scenario Outline: A new token is <verdict> by an API whose clock is <seconds> seconds behind
      Given Ada holds an access token
      And the API's clock is <seconds> seconds behind
      When she presents it
      Then access is <verdict>

      Examples:
        | seconds | verdict                    |
        | 30      | granted                    |
        | 31      | refused as "token_invalid" |
        | 60      | refused as "token_invalid" |

    Scenario Outline: A key set fetched by a clock that was an hour ahead is fetched anew once the clock is right: <verdict>
      Given Ada holds an access token
      And the API's clock is 3600 seconds ahead
      And Ada has presented it
      And the API's clock is 0 seconds ahead
      And the signing key has been <act>
      When she presents it
      Then access is <verdict>

      Examples:
        | act       | verdict                    |
        | rotated   | granted                    |
        | withdrawn | refused as "token_invalid" |
