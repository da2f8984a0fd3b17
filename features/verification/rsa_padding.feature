@in_process
Feature: RSA padding
  RSA is not on the API's list unless it is put there. Where it is, the digest stands in a block whose every octet is
  fixed, and whoever reads the block loosely accepts signatures that no key made.

  @SIG-08 @must @RFC7518-3.3 @RFC7518-3.5 @api
  Rule: An RS256 signature is the digest in exactly the block of the standard
    Each block is genuinely signed with the published key. Only the octets around the digest differ.

    Scenario Outline: A token whose signature is padded <padding> is refused
      Given the key set also publishes an RSA key of 2048 bits
      And the API allows "RS256"
      And Mallory holds an access token
      And it is signed with that key as "RS256"
      And its signature is padded <padding>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "signature_wrong"

      Examples:
        | padding                                  |
        | of block type 0                          |
        | of block type 2                          |
        | of eight octets, with rubbish at the end |
        | of zeros                                 |
        | without the digest's name                |
        | with another digest's name               |
        | with the digest's name cut short         |
        | without a separator                      |

    Scenario: A token that says RS256 and is signed as PS256 is refused
      Given the key set also publishes an RSA key of 2048 bits
      And the API allows "RS256"
      And Mallory holds an access token
      And it is signed with that key as "PS256"
      And its header "alg" is "RS256"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "signature_wrong"

    Scenario: A token whose signature is padded as the standard has it is accepted
      Given the key set also publishes an RSA key of 2048 bits
      And the API allows "RS256"
      And Ada holds an access token
      And it is signed with that key as "RS256"
      And its signature is padded as the standard has it
      When she presents it
      Then access is granted

    Scenario Outline: A token whose RS256 signature is <form> is refused
      Given the key set also publishes an RSA key of 2048 bits
      And the API allows "RS256"
      And Mallory holds an access token
      And it is signed with that key as "RS256"
      And its signature is <form>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "signature_wrong"

      Examples:
        | form                        |
        | all zeros                   |
        | all ones                    |
        | a single zero               |
        | cut by one octet            |
        | longer by one octet         |
        | longer by an octet in front |

    Scenario: A token of the algorithm RS256 is refused where only EdDSA is allowed
      Given the key set also publishes an RSA key of 2048 bits
      And Mallory holds an access token
      And it is signed with that key as "RS256"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "algorithm_not_allowed"
