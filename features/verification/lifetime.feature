Feature: Lifetime
  A token is good between two instants that its issuer states. The API reads its own clock, once per request, and
  tolerates 30 seconds of disagreement between the two clocks.

  @EXP-02 @EXP-03 @must @RFC7519-4.1.4 @RFC9068-4 @ASVS-9.2.1 @RFC6750-3.1 @api @clock
  Rule: A token is refused from the instant its expiry names, plus the leeway
    The standard says "on or after", so the boundary instant itself is already too late.

    Scenario Outline: A token that expired <late> seconds ago is <verdict>
      Given Ada holds an access token that expired <late> seconds ago
      When she presents it
      Then access is <verdict>

      Examples:
        | late | verdict                    |
        | -1   | granted                    |
        | 30   | refused as "token_expired" |
        | 31   | refused as "token_expired" |
        | 300  | refused as "token_expired" |

  @EXP-04 @policy @RFC7519-4.1.4 @api @clock
  Rule: The leeway is thirty seconds
    Enough for two clocks that are kept right, and a tenth of a token's life. It prolongs nothing else.

    Scenario Outline: With <late> seconds of leeway used, a token is <verdict>
      Given Ada holds an access token that expired <late> seconds ago
      When she presents it
      Then access is <verdict>

      Examples:
        | late | verdict                    |
        | 0    | granted                    |
        | 29   | granted                    |
        | 30   | refused as "token_expired" |

  @EXP-01 @IAT-02 @must @RFC9068-2.2 @api
  Rule: A token that does not say how long it lives is refused
    Without an expiry a stolen token is good for ever; without the instant of issue nobody can tell how long that is.

    Scenario Outline: A token without the claim "<claim>" is refused
      Given Mallory holds an access token
      And it has no claim "<claim>"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "claim_missing"

      Examples:
        | claim |
        | exp   |
        | iat   |

  @EXP-05 @IAT-03 @policy @RFC6750-5.3 @OAuth2.1-7.1.3.5 @RFC7519-4.1.6 @api
  Rule: A token lives longer than nothing and no longer than an hour
    The issuer gives 300 seconds. An hour is what the API would take from it: past that, somebody changed a setting.

    Scenario Outline: A token issued <issued> that expires <expires> is <verdict>
      Given Ada holds an access token
      And its claim "iat" is <issued>
      And its claim "exp" is <expires>
      When she presents it
      Then access is <verdict>
      And the log gives the reason "<reason>"

      Examples: Too long
        | issued     | expires                         | verdict                    | reason            |
        | now        | now + 3601                      | refused as "token_invalid" | lifetime_too_long |
        | now - 3500 | now + 101                       | refused as "token_invalid" | lifetime_too_long |
        | 1          | now + 300                       | refused as "token_invalid" | lifetime_too_long |
        | now        | 253402300799                    | refused as "token_invalid" | lifetime_too_long |
        | now        | 1e30                            | refused as "token_invalid" | lifetime_too_long |
        | now        | 1000000000000000000000000000000 | refused as "token_invalid" | payload_malformed |

      Examples: Nothing
        | issued   | expires  | verdict                    | reason                |
        | now      | now      | refused as "token_invalid" | lifetime_not_positive |
        | now      | now - 1  | refused as "token_invalid" | lifetime_not_positive |
        | now + 20 | now + 10 | refused as "token_invalid" | lifetime_not_positive |

    Scenario Outline: A token issued <issued> that expires <expires> is accepted
      Given Ada holds an access token
      And its claim "iat" is <issued>
      And its claim "exp" is <expires>
      When she presents it
      Then access is granted

      Examples:
        | issued     | expires    |
        | now        | now + 300  |
        | now        | now + 3600 |
        | now - 3500 | now + 100  |
        | now        | now + 1    |

  @IAT-01 @policy @RFC7519-4.1.6 @api
  Rule: A token issued in the future is refused
    The standard leaves it open. An issuer whose clock runs ahead by more than the leeway is not to be believed on time.

    Scenario Outline: A token issued at <issued> is <verdict>
      Given Ada holds an access token
      And its claim "iat" is <issued>
      And its claim "exp" is now + 400
      When she presents it
      Then access is <verdict>

      Examples:
        | issued   | verdict                    |
        | now      | granted                    |
        | now + 30 | granted                    |
        | now + 31 | refused as "token_invalid" |
