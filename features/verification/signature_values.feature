@in_process
Feature: Signature values
  A signature is a number or two, of a fixed length and in bounds. A verifier that computes before it looks at them can be
  led to accept one that no key made.

  @SIG-02 @must @RFC7518-3.4 @RFC8032-5.1.7 @api
  Rule: A signature of another length is refused

    Scenario Outline: A token whose Ed25519 signature is <form> is refused
      Given Mallory holds an access token
      And its signature is <form>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "signature_wrong"

      Examples:
        | form                        |
        | cut by one octet            |
        | cut to its first half       |
        | longer by one octet         |
        | longer by an octet in front |
        | written twice               |
        | a single zero               |

    Scenario Outline: A token whose ES256 signature is <form> is refused
      Given the key set also publishes a P-256 key
      And the API allows "ES256"
      And Mallory holds an access token
      And it is signed with that key as "ES256"
      And its signature is <form>
      When Mallory presents it
      Then access is refused as "token_invalid"

      Examples:
        | form                        |
        | cut by one octet            |
        | cut to its first half       |
        | longer by one octet         |
        | longer by an octet in front |
        | written twice               |

  @SIG-03 @must @RFC7518-3.4 @RFC8032-5.1.7 @api
  Rule: A signature whose numbers are out of bounds is refused
    For ECDSA both numbers lie between 1 and n - 1; with a zero in its place an unwary verifier finds every text well
    signed. For Ed25519 the second number lies below the order of the group; with that order added, it is the same point.

    Scenario Outline: A token whose ES256 signature is <pair> is <verdict>
      Given the key set also publishes a P-256 key
      And the API allows "ES256"
      And Ada holds an access token
      And it is signed with that key as "ES256"
      And its signature is <pair>
      When she presents it
      Then access is <verdict>

      Examples: As the key made it, and out of bounds
        | pair                | verdict                    |
        | the pair (r, s)     | granted                    |
        | the pair (0, 0)     | refused as "token_invalid" |
        | the pair (0, s)     | refused as "token_invalid" |
        | the pair (r, 0)     | refused as "token_invalid" |
        | the pair (n, s)     | refused as "token_invalid" |
        | the pair (r, n)     | refused as "token_invalid" |
        | the pair (n, n)     | refused as "token_invalid" |
        | the pair (r, n + 1) | refused as "token_invalid" |
        | all ones            | refused as "token_invalid" |

      Examples: In bounds, and not what the key made
        | pair                    | verdict                    |
        | the pair (1, 1)         | refused as "token_invalid" |
        | the pair (1, 0)         | refused as "token_invalid" |
        | the pair (n - 1, n - 1) | refused as "token_invalid" |
        | the pair (s, r)         | refused as "token_invalid" |

    Scenario Outline: A token whose Ed25519 signature is <form> is refused as well
      Given Mallory holds an access token
      And its signature is <form>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "signature_wrong"

      Examples:
        | form                             |
        | all zeros                        |
        | all ones                         |
        | larger by the order of the group |

  @SIG-04 @must @RFC7518-3.4 @api
  Rule: An ES256 signature is two numbers side by side, not DER

    Scenario: A token whose ES256 signature is in DER is refused
      Given the key set also publishes a P-256 key
      And the API allows "ES256"
      And Mallory holds an access token
      And it is signed with that key as "ES256"
      And its signature is in DER
      When Mallory presents it
      Then access is refused as "token_invalid"

  @SIG-05 @policy @CheatSheet-JWT @api @clock
  Rule: The second signature that fits every ES256 token gives nobody a second token
    From (r, s) anyone can compute (r, n - s), which holds just as well. So no verdict is ever remembered by a token's
    text: the twin has the token's claims and the token's fate.

    Scenario Outline: The twin of an accepted token is <verdict> after <seconds> seconds, as the token itself is
      Given the key set also publishes a P-256 key
      And the API allows "ES256"
      And Ada holds an access token
      And it is signed with that key as "ES256"
      And Ada has presented it
      And its signature is the pair (r, n - s)
      And <seconds> seconds have passed
      When she presents it
      Then access is <verdict>

      Examples:
        | seconds | verdict                    |
        | 329     | granted                    |
        | 330     | refused as "token_expired" |
