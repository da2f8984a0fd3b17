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
