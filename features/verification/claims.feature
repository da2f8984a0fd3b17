Feature: Token id, client and session
  Three claims name the token itself, the client that asked for it and the sign-in it belongs to. The API keeps none of
  them; it requires them, so that a log can be read.

  @JTI-01 @must @RFC9068-2.2 @RFC7519-4.1.7 @api
  Rule: A token carries an id of its own
    It is what a log can name a token by without keeping it.

    Scenario Outline: A token whose id is <form> is refused
      Given Mallory holds an access token
      And <fault>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "<reason>"

      Examples:
        | form            | fault                    | reason          |
        | absent          | it has no claim "jti"    | claim_missing   |
        | null            | its claim "jti" is null  | claim_malformed |
        | a number        | its claim "jti" is 7     | claim_malformed |
        | a list          | its claim "jti" is ["7"] | claim_malformed |
        | an empty string | its claim "jti" is ""    | claim_malformed |

    Scenario: A token with any string as its id is accepted
      Given Ada holds an access token
      And its claim "jti" is "7"
      When she presents it
      Then access is granted

  @JTI-02 @policy @RFC7519-4.1.7 @api
  Rule: An access token may be presented as often as it lives
    To refuse the second use the API would have to remember the first: it remembers nothing.

    Scenario: A token that was presented before is accepted again
      Given Ada holds an access token
      And Ada has presented it
      When she presents it
      Then access is granted

  @SCP-02 @policy @RFC9068-2.2 @api @in_process
  Rule: A token names its client, and where a list of clients is configured, one of them

    Scenario Outline: Where <clients> may call, a token of the client <client> is <verdict>
      Given the API serves <clients>
      And Ada holds an access token
      And its claim "client_id" is <client>
      When she presents it
      Then access is <verdict>

      Examples:
        | clients               | client    | verdict                    |
        | any client            | "web"     | granted                    |
        | any client            | "mobile"  | granted                    |
        | any client            | ""        | refused as "token_invalid" |
        | any client            | ["web"]   | refused as "token_invalid" |
        | any client            | null      | refused as "token_invalid" |
        | the client "web" only | "web"     | granted                    |
        | the client "web" only | "mobile"  | refused as "token_invalid" |
        | the client "web" only | "Web"     | refused as "token_invalid" |
        | the client "web" only | "website" | refused as "token_invalid" |

    Scenario Outline: A token without the claim "<claim>" is refused
      Given Mallory holds an access token
      And it has no claim "<claim>"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "claim_missing"

      Examples:
        | claim     |
        | client_id |
        | sid       |
