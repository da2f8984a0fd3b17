Feature: Lifetime
  A token is good between two instants that its issuer states. The API reads its own clock, once per request, and
  tolerates 30 seconds of disagreement between the two clocks.

  @EXP-02 @EXP-03 @EXP-04 @must @RFC7519-4.1.4 @api @clock
  Rule: A token is refused from the instant its expiry names, plus the leeway
    RFC 7519 says "on or after", so the boundary instant itself is already too late.

    Scenario Outline: A token that expired <late> seconds ago is <verdict>
      Given Ada holds an access token that expired <late> seconds ago
      When she presents it
      Then access is <verdict>

      Examples:
        | late | verdict                    |
        | -1   | granted                    |
        | 0    | granted                    |
        | 29   | granted                    |
        | 30   | refused as "token_expired" |
        | 300  | refused as "token_expired" |
