Feature: Expiry in use
  A token expires while it is being used. Time is read for each request, never remembered from the last one.

  @EXP-07 @must @RFC7519-4.1.4 @api @clock
  Rule: A token that was accepted before is checked against the clock again
    Remembering a verified token is tempting, and an API that does so must not remember it past its expiry.

    Scenario Outline: A token accepted a while ago is <verdict> when <duration> have passed
      Given Ada holds an access token
      And Ada has presented it
      And <duration> have passed
      When she presents it
      Then access is <verdict>

      Examples:
        | duration    | verdict                    |
        | 329 seconds | granted                    |
        | 330 seconds | refused as "token_expired" |
        | 1 hour      | refused as "token_expired" |

  @EXP-06 @policy @ASVS-9.2.1 @api @clock @in_process
  Rule: A request begun in time is finished; a channel that stays open ends with its token
    A request is judged once, when it arrives. A channel would otherwise outlive every sign-out.

    Scenario Outline: A request that arrives <late> seconds after expiry and takes ten minutes is <verdict>
      Given Ada holds an access token that expired <late> seconds ago
      When she presents it in a request that takes 10 minutes
      Then access is <verdict>

      Examples:
        | late | verdict                    |
        | 29   | granted                    |
        | 30   | refused as "token_expired" |

    Scenario Outline: A channel opened <late> seconds after expiry is <verdict>
      Given Ada holds an access token that expired <late> seconds ago
      When she opens a channel
      Then access is <verdict>

      Examples:
        | late | verdict                    |
        | 29   | granted                    |
        | 30   | refused as "token_expired" |

    Scenario Outline: A text on a channel is <verdict> <duration> after the token was issued
      Given Ada holds an access token
      And Ada has opened a channel
      And <duration> have passed
      When she speaks on the channel
      Then access is <verdict>

      Examples:
        | duration    | verdict                    |
        | 0 seconds   | granted                    |
        | 329 seconds | granted                    |
        | 330 seconds | refused as "token_expired" |

    Scenario: A channel on which nobody speaks is closed all the same
      Given Ada holds an access token
      And its claim "iat" is now - 300
      And its claim "exp" is now - 29.9
      And Ada has opened a channel
      When she listens on the channel
      Then access is refused as "token_expired"
