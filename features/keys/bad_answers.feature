Feature: Bad answers
  What comes back for the key set is not always a key set: an error page, a redirect to a sign-in, half an answer. None of
  it is a reason to forget the keys that are known, and none of it is believed.

  @JWK-10 @must @ASVS-16.5.2 @api @clock @in_process
  Rule: An answer that is no usable key set changes nothing, and is logged
    The last good set stays in use, as in an outage. To take keys out of use, an issuer publishes a set without them.

    Scenario Outline: A token under a known key is accepted although the key set is answered with <obstacle>
      Given the API fetched the key set 300 seconds ago
      And every fetch of the key set meets <obstacle>
      And Ada holds an access token
      When she presents it
      Then access is granted
      And the log has the event "keys_refresh_failed"

      Examples:
        | obstacle                          |
        | an error of the issuer            |
        | a status that says it is a part   |
        | an answer without content         |
        | a page of HTML                    |
        | text that is cut short            |
        | a list in place of a key set      |
        | an empty set of keys              |
        | a set of keys that nobody can use |

    Scenario Outline: A token is refused for the time being where the first fetch is answered with <obstacle>
      Given every fetch of the key set meets <obstacle>
      And Ada holds an access token
      When she presents it
      Then access is refused as "keys_unavailable"
      And the log gives the reason "keys_unreachable"
      And the log has the event "keys_refresh_failed"

      Examples:
        | obstacle                          |
        | an error of the issuer            |
        | a status that says it is a part   |
        | an answer without content         |
        | a page of HTML                    |
        | text that is cut short            |
        | a list in place of a key set      |
        | an empty set of keys              |
        | a set of keys that nobody can use |

    Scenario: A token is accepted where the first fetch is answered with the key set
      Given every fetch of the key set meets no obstacle
      And Ada holds an access token
      When she presents it
      Then access is granted

  @JWK-12 @must @ASVS-15.3.2 @api @in_process
  Rule: A redirect of the key set is not followed
    Keys come from the one address that the API was told. Whoever can redirect, by an open redirect at the issuer or on
    an unencrypted line, would otherwise choose the keys.

    Scenario Outline: A forged token is refused where every fetch meets <obstacle>, to keys that would verify it
      Given every fetch of the key set meets <obstacle>
      And Mallory holds an access token
      And it is signed with a key published elsewhere
      When Mallory presents it
      Then access is refused as "keys_unavailable"
      And the API fetches nothing but its issuer's key set

      Examples:
        | obstacle                           |
        | a redirect to another host         |
        | a lasting redirect to another host |
        | a redirect to plain HTTP           |

    @clock
    Scenario: A token under a known key is accepted although the key set is redirected
      Given the API fetched the key set 300 seconds ago
      And every fetch of the key set meets a redirect to another host
      And Ada holds an access token
      When she presents it
      Then access is granted

  @JWK-18 @should @RFC8725bis-3.15 @ASVS-15.2.2 @api @in_process
  Rule: A key set is read as plain UTF-8: compressed octets are not inflated, other encodings not guessed
    A few octets can be inflated to megabytes. The API asks for none that are compressed, and reads none.

    Scenario Outline: A token is <verdict> where the first fetch is answered with <obstacle>, read as it stands
      Given every fetch of the key set meets <obstacle>
      And Ada holds an access token
      When she presents it
      Then access is <verdict>

      Examples:
        | obstacle                        | verdict                       |
        | a compressed key set            | refused as "keys_unavailable" |
        | ten megabytes, compressed       | refused as "keys_unavailable" |
        | a key set in UTF-16             | refused as "keys_unavailable" |
        | a key set under a wrong charset | granted                       |

    @clock
    Scenario: A token under a known key is accepted although the key set comes compressed
      Given the API fetched the key set 300 seconds ago
      And every fetch of the key set meets ten megabytes, compressed
      And Ada holds an access token
      When she presents it
      Then access is granted
