Feature: Outage
  The API needs its issuer for the key set alone, and for that only now and then. While the issuer cannot be reached, the
  last key set it published is still its word.

  @JWK-07 @must @ASVS-16.5.2 @api @clock @in_process
  Rule: Known keys go on working while the issuer is out of reach
    The issuer's bad day does not sign everybody out. It is tried again now and then, by one request; the others do not
    wait for it.

    Scenario Outline: A token is accepted although the issuer is out of reach and the last fetch was <age> ago
      Given the API fetched the key set <age> ago
      And every fetch of the key set meets a broken line
      And Ada holds an access token
      When she presents it
      Then access is granted

      Examples:
        | age         |
        | 299 seconds |
        | 300 seconds |
        | 12 hours    |

    Scenario: An outage is logged
      Given the API fetched the key set 300 seconds ago
      And every fetch of the key set meets a broken line
      And Ada holds an access token
      When she presents it
      Then the log has the event "keys_refresh_failed"

    Scenario Outline: An issuer out of reach is tried <times> in all, <pause> after the first vain attempt
      Given the API fetched the key set 300 seconds ago
      And every fetch of the key set meets a broken line
      And Ada has presented 2 tokens that differ in their ids alone
      And <pause> have passed
      When Ada presents 50 tokens that differ in their ids alone
      Then access is granted each time
      And the API has fetched the key set <times>

      Examples:
        | pause      | times       |
        | 29 seconds | twice       |
        | 30 seconds | three times |

  @JWK-09 @policy @ASVS-16.5.2 @api @clock @in_process
  Rule: 24 hours after the last fetch that succeeded, known keys are no longer believed
    Without a bound, whoever can keep the API from its issuer could keep a withdrawn key alive. How long is ours to
    choose: a day gives people time to mend what broke.

    Scenario Outline: A token is <verdict> when the last fetch that succeeded was <age> ago
      Given the API fetched the key set <age> ago
      And every fetch of the key set meets a broken line
      And Ada holds an access token
      When she presents it
      Then access is <verdict>

      Examples:
        | age           | verdict                       |
        | 86399 seconds | granted                       |
        | 86400 seconds | refused as "keys_unavailable" |

  @JWK-08 @must @ASVS-16.5.2 @ASVS-16.5.3 @api @clock @in_process
  Rule: Without a key to check it with, no token is believed
    Whose fault that is, the answer tells apart: with no key set at all the API cannot judge the token, and says when to
    ask again; with a key set that does not name the key, the token is refused like any forgery.

    Scenario: A token is refused for the time being where no key set was ever fetched
      Given every fetch of the key set meets a broken line
      And Ada holds an access token
      When she presents it
      Then access is refused as "keys_unavailable"
      And it answers problem details with the code "keys_unavailable" and the status 503
      And the log gives the reason "keys_unreachable"
      And the answer carries these headers:
        | header           | value  |
        | Retry-After      | 5      |
        | WWW-Authenticate | absent |

    Scenario: A token under an unknown key is refused for good during an outage
      Given the API fetched the key set 300 seconds ago
      And every fetch of the key set meets a broken line
      And the signing key has been withdrawn
      And Ada holds an access token
      When she presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "key_unknown"

    Scenario Outline: <pause> after a vain first attempt, with the issuer back, a token is <verdict>
      Given every fetch of the key set meets a broken line
      And Ada holds an access token
      And Ada has presented it
      And every fetch of the key set meets no obstacle
      And <pause> have passed
      When she presents it
      Then access is <verdict>

      Examples:
        | pause     | verdict                       |
        | 4 seconds | refused as "keys_unavailable" |
        | 5 seconds | granted                       |
