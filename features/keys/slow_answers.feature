Feature: Slow and large answers
  Whoever answers for the key set can answer slowly, or without end. Neither may cost the API its time or its memory.

  @JWK-11 @should @ASVS-13.1.3 @api @in_process
  Rule: A fetch of the key set has three seconds in all
    In all, and not between two octets: one octet a second would keep a careless reader waiting for ever.

    Scenario Outline: A token is <verdict> where a first fetch of the key set meets <obstacle>
      Given every fetch of the key set meets <obstacle>
      And Ada holds an access token
      When she presents it
      Then access is <verdict>

      Examples:
        | obstacle                             | verdict                       |
        | an answer in 2 parts, a second each  | granted                       |
        | an answer in 3 parts, a second each  | refused as "keys_unavailable" |
        | an answer in 60 parts, a second each | refused as "keys_unavailable" |
        | a minute of silence                  | refused as "keys_unavailable" |

    @clock
    Scenario: A token under a known key does not wait while a key nobody knows is looked for
      Given the API fetched the key set 30 seconds ago
      And every fetch of the key set meets a minute of silence
      And Mallory holds an access token
      And its header "kid" is "nobody-knows"
      And Ada holds an access token
      When Ada presents it while Mallory's request waits for the key set
      Then access is granted

    @clock
    Scenario: A token is accepted by the old key set where the new one does not arrive
      Given the API fetched the key set 300 seconds ago
      And every fetch of the key set meets a minute of silence
      And Ada holds an access token
      When she presents it
      Then access is granted

  @JWK-13 @should @ASVS-13.1.3 @api @in_process
  Rule: A key set of more than 64 KiB is not read to its end
    That is room for some three hundred keys.

    Scenario Outline: A token is <verdict> where a first fetch of the key set meets <obstacle>, and no more is read
      Given every fetch of the key set meets <obstacle>
      And Ada holds an access token
      When she presents it
      Then access is <verdict>

      Examples:
        | obstacle          | verdict                       |
        | 65536 octets      | granted                       |
        | 65537 octets      | refused as "keys_unavailable" |
        | ten thousand keys | refused as "keys_unavailable" |

    Scenario: Of fifty megabytes little is read
      Given every fetch of the key set meets fifty megabytes
      And Ada holds an access token
      When she presents it
      Then access is refused as "keys_unavailable"
      And the API has read no more than 200000 octets of it
