Feature: Numbers and sizes
  What a genuine token says can still be more than its reader can hold. It is refused like any other fault, and never
  answered with a failure of the API.

  @JSN-05 @must @RFC8259-6 @RFC7519-7.2 @api
  Rule: A number that JSON does not know, or no machine can hold, is refused
    Some parsers read NaN, and every comparison with it is false: such a token never expires.

    Scenario Outline: A token whose expiry is <exp> is refused as no JSON
      Given Mallory holds an access token
      And its claim "exp" is <exp>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "payload_malformed"

      Examples:
        | exp         |
        | NaN         |
        | Infinity    |
        | -Infinity   |
        | 1e400       |
        | -1e400      |
        | 0x6955b8ec  |
        | 01767225900 |
        | +1767225900 |

  @JSN-06 @JSN-12 @must @ASVS-16.5.3 @ASVS-16.5.4 @RFC8259-9 @api
  Rule: A payload is refused before its size can harm the reader
    A signature does not make a text safe to parse. A parser that gives up on one answers with a failure of its own.

    Scenario Outline: A token whose claim "<claim>" is <value> is <verdict>
      Given Ada holds an access token
      And its claim "<claim>" is <value>
      When she presents it
      Then access is <verdict>

      Examples:
        | claim | value                      | verdict                    |
        | exp   | a number of 5000 digits    | refused as "token_invalid" |
        | extra | a number of 5000 digits    | refused as "token_invalid" |
        | extra | a list nested 10 deep      | granted                    |
        | extra | a list nested 2000 deep    | refused as "token_invalid" |
        | extra | an object nested 1000 deep | refused as "token_invalid" |
