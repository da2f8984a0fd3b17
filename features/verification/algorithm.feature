Feature: Algorithm
  The token's header names the algorithm, and the header is the attacker's to write. So the API has a list of its own.

  @ALG-01 @must @RFC8725-3.2 @RFC9068-4 @ASVS-9.1.2 @api
  Rule: A token that says it needs no signature is refused
    "none" is an algorithm of the JWT standard. It is on no list.

    Scenario: An unsigned token is refused
      Given Mallory holds an access token
      And its header "alg" is "none"
      And it is signed with nothing at all
      When Mallory presents it
      Then access is refused as "token_invalid"

    Scenario: A token of the allowed algorithm is accepted
      Given Ada holds an access token
      And its header "alg" is "EdDSA"
      When she presents it
      Then access is granted
