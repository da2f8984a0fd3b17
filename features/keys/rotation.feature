Feature: Rotation
  A signing key is replaced with notice: published before its first use, kept published after its last. Whoever follows
  the key set notices nothing.

  @JWK-17 @policy @OIDC-10.1.1 @flow @clock @in_process
  Rule: A new key is published 300 seconds before its first use, so that no token is refused during a rotation
    300 seconds is how long an API keeps a key set. After them every API has fetched one that names the new key.

    Scenario Outline: A token issued <duration> after a rotation names the <place> published key
      Given the signing key has been rotated
      And <duration> have passed
      And Ada is signed in
      When she asks for a new access token
      Then the token names the <place> published key

      Examples:
        | duration    | place  |
        | 0 seconds   | oldest |
        | 299 seconds | oldest |
        | 300 seconds | newest |

    Scenario Outline: A token issued <duration> after a rotation is accepted by an API that just missed it
      Given the API fetched the key set 0 seconds ago
      And the signing key has been rotated
      And <duration> have passed
      And Ada holds an access token
      When she presents it
      Then access is granted

      Examples:
        | duration    |
        | 0 seconds   |
        | 299 seconds |
        | 300 seconds |

    Scenario: A key that was announced takes over where the signing key is withdrawn
      Given the signing key has been rotated
      And the API fetched the key set 0 seconds ago
      And the signing key has been withdrawn
      And Ada holds an access token
      When she presents it
      Then access is granted

    Scenario Outline: A rotation that began <age> after the API's last fetch has no moment at which a token is refused
      Given Ada is signed in
      And the API fetched the key set <age> ago
      And the signing key has been rotated
      When Ada renews and calls the API every 30 seconds for 16 minutes
      Then access is granted

      Examples:
        | age         |
        | 0 seconds   |
        | 150 seconds |
        | 299 seconds |

  @JWK-01 @must @OIDC-10.1.1 @ASVS-11.2.2 @api @clock @in_process
  Rule: A key that the API does not know yet is looked for, without a restart
    In an emergency a key is replaced without notice. Its tokens wait for the API's next look at the key set, 30 seconds
    after its last one at most.

    Scenario Outline: A token under a key that replaced another at once is <verdict>, <age> after the last fetch
      Given the API fetched the key set <age> ago
      And the signing key has been withdrawn
      And Ada holds an access token
      When she presents it
      Then access is <verdict>
      And the API has fetched the key set <times>

      Examples:
        | age        | verdict                    | times |
        | 29 seconds | refused as "token_invalid" | once  |
        | 30 seconds | granted                    | twice |

  @JWK-02 @should @OIDC-10.1.1 @flow @clock @in_process
  Rule: A replaced key stays published until its last token has ended
    300 seconds before its successor is used, and then a token's lifetime, the leeway and one cache lifetime: 930
    seconds after the rotation.

    Scenario Outline: The key set names <count> keys <duration> after a rotation
      Given the signing key has been rotated
      And <duration> have passed
      When Ada reads the issuer's key set
      Then the key set names <count> keys

      Examples:
        | duration    | count |
        | 0 seconds   | 2     |
        | 929 seconds | 2     |
        | 930 seconds | 1     |

    Scenario Outline: The last token under a replaced key is <verdict> after <duration>, by an API that just started
      Given the signing key has been rotated
      And 299 seconds have passed
      And Ada holds an access token
      And <duration> have passed
      When she presents it
      Then access is <verdict>

      Examples:
        | duration    | verdict                    |
        | 329 seconds | granted                    |
        | 330 seconds | refused as "token_expired" |
