Feature: Dates
  Three claims are dates: numbers of seconds since 1970, in UTC. Libraries are lenient with them, each in its own way,
  and what one reads as a date another reads as zero. Here a date is a positive number.

  @JSN-01 @JSN-02 @must @RFC7519-4.1.4 @RFC7519-4.1.5 @RFC7519-4.1.6 @RFC7519-2 @api
  Rule: A date that is not a number is refused

    Scenario Outline: A token whose "<claim>" is <value> is refused
      Given Mallory holds an access token
      And its claim "<claim>" is <value>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "claim_malformed"

      Examples:
        | claim | value        |
        | exp   | "1767225900" |
        | nbf   | "1767225600" |
        | iat   | "1767225600" |
        | exp   | true         |
        | nbf   | true         |
        | iat   | true         |
        | exp   | false        |
        | nbf   | false        |
        | iat   | false        |

      Examples: Text of what is yet to come, and of nothing
        | claim | value          |
        | exp   | "253402300799" |
        | nbf   | "253402300799" |
        | exp   | "never"        |

    Scenario Outline: A token whose "<claim>" is a number is accepted
      Given Ada holds an access token
      And its claim "<claim>" is <value>
      When she presents it
      Then access is granted

      Examples:
        | claim | value     |
        | exp   | now + 300 |
        | nbf   | now       |
        | iat   | now       |

  @JSN-04 @must @RFC7519-4.1.4 @api
  Rule: An expiry that is no instant is refused

    Scenario Outline: A token whose expiry is <exp> is refused
      Given Mallory holds an access token
      And its claim "exp" is <exp>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "claim_malformed"

      Examples:
        | exp          |
        | 0            |
        | -1           |
        | -0.0         |
        | null         |
        | []           |
        | [1767225900] |
        | {}           |

  @JSN-03 @must @RFC7519-2 @api
  Rule: A date may have a fraction
    A second is the unit, not the grain.

    Scenario Outline: A token that expires at <exp> is <verdict>
      Given Ada holds an access token
      And its claim "iat" is now - 300
      And its claim "exp" is <exp>
      When she presents it
      Then access is <verdict>

      Examples:
        | exp        | verdict                    |
        | now + 0.5  | granted                    |
        | now - 29.5 | granted                    |
        | now - 30.5 | refused as "token_expired" |

  @JSN-07 @policy @RFC7519-2 @RFC7519-4.1.4 @api
  Rule: A date in another unit or notation is refused
    Milliseconds are the mistake of JavaScript: such a token would live for fifty thousand years.

    Scenario Outline: A token whose expiry is written in <notation> is refused
      Given Mallory holds an access token
      And its claim "exp" is <exp>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "<reason>"

      Examples:
        | notation     | exp                             | reason            |
        | milliseconds | 1767225900000                   | lifetime_too_long |
        | ISO 8601     | "2026-01-01T00:05:00Z"          | claim_malformed   |
        | words        | "in five minutes"               | claim_malformed   |
        | an HTTP date | "Thu, 01 Jan 2026 00:05:00 GMT" | claim_malformed   |
