Feature: The key's id
  A token names the key that signed it. The name is looked up among the issuer's published keys, to the letter, and
  nowhere else: it is no path, no query, no address.

  @KEY-01 @must @RFC8725-3.8 @RFC9068-4 @OIDC-10.1.1 @api @clock @in_process
  Rule: A key id that is not published costs the API one look at the key set, and no more for a while
    The key may be a minute old, so it is looked for. A flood of invented ids must not become a flood of requests to the
    issuer: the API waits 30 seconds before it looks again.

    Scenario: A flood of unknown key ids makes one request
      Given Mallory has presented 20 tokens under key ids that nobody knows
      When Mallory presents it
      Then access is granted
      And the API has fetched the key set once

    Scenario: An unknown key id is refused
      Given Mallory holds an access token
      And its header "kid" is "nobody-knows"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "key_unknown"

    Scenario Outline: A second unknown key id after <seconds> seconds, and the key set was fetched <times>
      Given Mallory has presented 1 tokens under key ids that nobody knows
      And <seconds> seconds have passed
      And its header "kid" is "nobody-knows"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the API has fetched the key set <times>

      Examples:
        | seconds | times |
        | 29      | once  |
        | 30      | twice |

  @KEY-02 @KEY-03 @policy @OIDC-10.1 @RFC8725-3.1 @api
  Rule: A token that names no key is refused
    With one key published it could be guessed; with two it would be the first that fits. The contract has every token
    name its key.

    Scenario: A token without a key id is refused
      Given Mallory holds an access token
      And it has no header "kid"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "key_id_missing"

    @in_process
    Scenario: A token without a key id is refused where two keys are published
      Given the key set also publishes another Ed25519 key
      And Mallory holds an access token
      And it has no header "kid"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "key_id_missing"

  @KEY-04 @policy @RFC7515-4.1.4 @RFC8725-3.1 @api @in_process
  Rule: A signature is checked with the key that the token names, and with no other that is published
    Trying one key after the other would make each key as strong as the weakest.

    Scenario: A token signed with a published key that it does not name is refused
      Given the key set also publishes another Ed25519 key
      And Mallory holds an access token
      And it is signed with a key published beside the issuer's
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "signature_wrong"

    Scenario: A token signed with the same key is accepted where it names it
      Given the key set also publishes another Ed25519 key
      And Ada holds an access token
      And it is signed with that key as "EdDSA"
      When she presents it
      Then access is granted

  @KEY-08 @must @RFC7515-4.1.4 @api
  Rule: A key id is a string, compared to the letter

    Scenario Outline: A token whose key id is spelled <spelling> is refused
      Given Mallory holds an access token
      And its key id is spelled <spelling>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "key_unknown"

      Examples:
        | spelling              |
        | in the other case     |
        | cut by one letter     |
        | longer by one letter  |
        | followed by a space   |
        | followed by a NUL     |
        | in full-width letters |

    Scenario: A token whose key id is spelled as it was published is accepted
      Given Ada holds an access token
      And its key id is spelled as it was published
      When she presents it
      Then access is granted

    Scenario Outline: A token whose key id is <value> is refused
      Given Mallory holds an access token
      And its header "kid" is <value>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "<reason>"

      Examples:
        | value                        | reason           |
        | null                         | header_malformed |
        | 0                            | header_malformed |
        | 1e400                        | header_malformed |
        | true                         | header_malformed |
        | ["key"]                      | header_malformed |
        | {"kid": "key"}               | header_malformed |
        | ""                           | header_malformed |
        | "\ud800"                     | header_malformed |
        | a string of 256 characters   | header_malformed |
        | a string of 255 characters   | key_unknown      |
        | a string of 10000 characters | token_too_large  |

      Examples: Names that a programming language gives to things of its own
        | value         | reason      |
        | "__proto__"   | key_unknown |
        | "constructor" | key_unknown |
        | "toString"    | key_unknown |
        | "__class__"   | key_unknown |
