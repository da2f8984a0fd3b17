Feature: Abuse
  What an attacker can repeat, or bring in by other ways than a token, costs the others nothing.

  @DOS-05 @policy @ASVS-2.4.1 @api @in_process
  Rule: Bad tokens lock nobody out
    The API counts nobody: a bad token touches nothing that a good one needs. To count is to keep state, and a count that
    refuses is a way to have others refused. Throttling the anonymous is the proxy's in front, which sees where they come
    from; failed sign-ins are counted by the issuer.

    Scenario: A good token is accepted after three hundred forged ones at once
      Given Mallory has presented 300 tokens signed with another key, all at once
      And Ada holds an access token
      When she presents it
      Then access is granted

    Scenario: A good token is accepted from where a hundred forged ones have just come
      Given Ada has presented 100 tokens signed with another key
      When she presents it
      Then access is granted

  @DOS-06 @policy @ASVS-15.2.2 @api @in_process
  Rule: A key that is dear to verify with is ignored
    Every forged signature under such a key would cost as much as a good one. Key sets come from the one issuer; this is
    for the day on which it is mistaken.

    Scenario Outline: A token signed with <key> is <verdict>
      Given the key set also publishes <key>
      And the API allows "RS256"
      And Ada holds an access token
      And it is signed with that key as "RS256"
      When she presents it
      Then access is <verdict>

      Examples:
        | key                                    | verdict                    |
        | an RSA key of 8192 bits                | granted                    |
        | an RSA key of 16384 bits               | refused as "token_invalid" |
        | an RSA key with an exponent of 32 bits | granted                    |
        | an RSA key with an exponent of 33 bits | refused as "token_invalid" |

  @DOS-07 @should @ASVS-1.3.12 @ASVS-15.2.2 @api
  Rule: Names are compared letter by letter, and none is ever read as a pattern
    A pattern matches more than it says, and some take for ever to say no.

    Scenario Outline: A token whose claim "<claim>" is <value> is <verdict>
      Given Ada holds an access token
      And its claim "<claim>" is <value>
      When she presents it
      Then access is <verdict>

      Examples:
        | claim | value                        | verdict                    |
        | iss   | "https://app.example.test"   | granted                    |
        | iss   | "https://appXexample.test"   | refused as "token_invalid" |
        | iss   | ".*"                         | refused as "token_invalid" |
        | iss   | "https://(a+)+.example.test" | refused as "token_invalid" |
        | aud   | "https://api.example.test"   | granted                    |
        | aud   | "https://apiXexample.test"   | refused as "token_invalid" |
        | aud   | ".*"                         | refused as "token_invalid" |
        | aud   | ["https://api.example.*"]    | refused as "token_invalid" |
