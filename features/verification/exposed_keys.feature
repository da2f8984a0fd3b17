Feature: Exposed and denied keys
  A private key is private once. What has been published, by mistake or by a thief, no longer says who signed.

  @KEY-23 @must @ASVS-11.1.1 @RFC7517-9.2 @flow @in_process
  Rule: A private key is never published, and one that is published verifies nothing
    Everyone who reads the key set could sign with it.

    Scenario: The issuer publishes no private member of a key
      Given Ada is signed in
      When Mallory reads the issuer's key set
      Then no key in it has a private member

    Scenario Outline: A token signed with <key> is <verdict>
      Given the key set also publishes <key>
      And Ada holds an access token
      And it is signed with that key as "EdDSA"
      When she presents it
      Then access is <verdict>

      Examples:
        | key                                  | verdict                    |
        | another Ed25519 key                  | granted                    |
        | an Ed25519 key with its private half | refused as "token_invalid" |

    Scenario Outline: A token signed with <key>, where RS256 is allowed, is <verdict>
      Given the key set also publishes <key>
      And the API allows "RS256"
      And Ada holds an access token
      And it is signed with that key as "RS256"
      When she presents it
      Then access is <verdict>

      Examples:
        | key                        | verdict                    |
        | an RSA key of 2048 bits    | granted                    |
        | an RSA key with its primes | refused as "token_invalid" |

  @KEY-24 @policy @api @in_process
  Rule: A key that the API's operator denies verifies nothing, while it is still published
    In an emergency the key can be taken out of use at the API before the issuer withdraws it. The other keys are not
    touched.

    Scenario: A token of a denied key is refused
      Given the key set also publishes another Ed25519 key
      And the API denies that key
      And Mallory holds an access token
      And it is signed with that key as "EdDSA"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "key_denied"

    Scenario: A token of another key is accepted while one is denied
      Given the key set also publishes another Ed25519 key
      And the API denies that key
      And Ada holds an access token
      When she presents it
      Then access is granted
