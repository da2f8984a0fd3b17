Feature: Signature
  The signature is what makes a claim the issuer's word. It is checked before any claim is believed.

  @SIG-07 @must @RFC7515-5.2 @ASVS-9.1.1 @api
  Rule: A token is accepted only under a signature of the key it names
    The forger knows everything that is published: header, claims and the trusted key's id. He lacks the key.

    Scenario: A token signed by the issuer is accepted
      Given Ada holds an access token
      When she presents it
      Then access is granted

    Scenario: A token signed with another key under the trusted key's id is refused
      Given Mallory holds an access token
      And it is signed with another key
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "signature_wrong"

    Scenario Outline: A token signed with another key whose key id is <state> is refused
      Given Mallory holds an access token
      And <fault>
      And it is signed with another key
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "<reason>"

      Examples:
        | state  | fault                    | reason           |
        | absent | it has no header "kid"   | key_id_missing   |
        | empty  | its header "kid" is ""   | header_malformed |
        | null   | its header "kid" is null | header_malformed |

  @SIG-01 @must @RFC7515-5.2 @ASVS-9.1.1 @api
  Rule: A token of which one bit was changed is refused
    The bits are chosen so that all else still holds: the letter of a type that is compared without regard to case, a
    digit of a claim.

    Scenario Outline: A token whose <segment> was changed in one bit is refused
      Given Mallory holds an access token
      And its <segment> is changed in one bit
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "signature_wrong"

      Examples:
        | segment   |
        | header    |
        | payload   |
        | signature |

    Scenario Outline: A token whose <segment> is as it was made is accepted
      Given Ada holds an access token
      And its <segment> is as it was made
      When she presents it
      Then access is granted

      Examples:
        | segment   |
        | header    |
        | payload   |
        | signature |

  @SIG-06 @must @RFC7515-5.2 @api
  Rule: A signature made over one token does not serve another

    Scenario: A token with the signature of another token of the same person is refused
      Given Mallory holds an access token
      And its signature is that of another token of hers
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "signature_wrong"

  @SIG-09 @must @ASVS-9.1.1 @api
  Rule: No claim has any effect before the signature holds
    Whatever a forged token claims, it meets the same answer for the same reason, and the claim is not even parsed.

    Scenario Outline: A forged token whose claim "<claim>" is <value> is refused for its signature alone
      Given Mallory holds an access token
      And its claim "<claim>" is <value>
      And it is signed with another key
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "signature_wrong"

      Examples:
        | claim | value                          |
        | exp   | now - 3600                     |
        | exp   | "never"                        |
        | aud   | "https://files.example.test"   |
        | iss   | "https://mallory.example.test" |
        | sub   | "' OR '1'='1"                  |
        | sub   | null                           |

    Scenario: A forged token without a JSON payload is refused for its signature alone
      Given Mallory holds an access token
      And its payload reads as plain words
      And it is signed with another key
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "signature_wrong"

  @SIG-10 @policy @ASVS-15.2.2 @ASVS-16.5.3 @api
  Rule: Bad tokens never lock out a good one
    Whoever could count against somebody else could also lock her out.

    Scenario: A token is accepted after a hundred forgeries in its name
      Given Ada has presented 100 tokens signed with another key
      When she presents it
      Then access is granted
