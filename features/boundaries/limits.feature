Feature: Limits
  Anyone can send the API a token, without knowing any key. So whatever is done before the signature is checked is done
  for strangers, and has to be cheap.

  @DOS-01 @must @ASVS-15.2.2 @api
  Rule: A token of more than 8192 octets is refused unread
    A genuine one has less than 512. Servers have limits of their own, for all headers together, and not all alike.

    Scenario Outline: A genuine token of <size> octets is <verdict>
      Given Ada holds an access token
      And it is <size> octets long
      When she presents it
      Then access is <verdict>

      Examples:
        | size | verdict                    |
        | 8191 | granted                    |
        | 8192 | granted                    |
        | 8193 | refused as "token_invalid" |

    Scenario Outline: A forged token of <size> octets is refused for its size, before anything else is looked at
      Given Mallory holds an access token
      And its header "alg" is "none"
      And it is <size> octets long
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "token_too_large"

      Examples:
        | size    |
        | 8193    |
        | 65536   |
        | 1000000 |

  @DOS-02 @must @ASVS-15.2.2 @api
  Rule: A token of too many segments is not taken apart

    Scenario Outline: A token that is sent as <pieces> is refused
      Given Mallory holds an access token
      And it is sent as <pieces>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "<reason>"

      Examples:
        | pieces              | reason              |
        | eight thousand dots | structure_malformed |
        | ten thousand dots   | token_too_large     |

    Scenario: A token of two dots and what belongs between them is accepted
      Given Ada holds an access token
      And it is sent as it is
      When she presents it
      Then access is granted

  @DOS-03 @must @ASVS-16.5.3 @ASVS-16.5.4 @RFC8259-9 @api
  Rule: A header is refused before its depth can harm the reader
    A parser calls itself for each bracket, and anyone can write brackets.

    Scenario Outline: A token whose header "extra" is <value> is <verdict>
      Given Ada holds an access token
      And its header "extra" is <value>
      When she presents it
      Then access is <verdict>

      Examples:
        | value                      | verdict                    |
        | a list nested 10 deep      | granted                    |
        | a list nested 2000 deep    | refused as "token_invalid" |
        | an object nested 1000 deep | refused as "token_invalid" |

  @DOS-04 @should @RFC8725bis-3.13 @RFC8725bis-3.15 @api
  Rule: No token makes the API derive a key or inflate a text
    Both are work by the sender's order: so many iterations, so many megabytes.

    Scenario: A token that asks for two thousand million iterations is refused as no token
      Given Mallory holds an access token
      And it is sent as encrypted under a password, with two thousand million iterations
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "structure_malformed"

    Scenario Outline: A token that says it is compressed, and whose payload reads as <form>, is <verdict>
      Given Ada holds an access token
      And its header "zip" is "DEF"
      And its payload reads as <form>
      When she presents it
      Then access is <verdict>

      Examples:
        | form                                              | verdict                    |
        | the same, with spaces                             | granted                    |
        | the same and five megabytes of spaces, compressed | refused as "token_invalid" |
