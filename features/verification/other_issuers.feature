Feature: Other issuers
  The API trusts one issuer: its name and its keys belong together. Another issuer may be honest, and its keys are still
  nothing to this API; it may be Mallory, who chooses what her keys are called.

  @KEY-14 @KEY-15 @must @RFC8725-3.8 @ASVS-6.8.1 @api @in_process
  Rule: A token is accepted under its issuer's name with its issuer's key, and in no other pairing
    The other issuer publishes its key under the same id as ours, at its own address.

    Scenario Outline: A token that names <name>, signed with <key>, is refused
      Given Mallory holds an access token
      And its claim "iss" is "<name>"
      And it is signed with <key>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "<reason>"
      And the API fetches nothing but its issuer's key set

      Examples:
        | name                       | key                       | reason          |
        | https://app.example.test   | a key published elsewhere | signature_wrong |
        | https://other.example.test | a key published elsewhere | signature_wrong |
        | https://other.example.test | the issuer's key          | issuer_wrong    |

    Scenario: A token that names the one issuer, signed with its key, is accepted
      Given Ada holds an access token
      And its claim "iss" is "https://app.example.test"
      And it is signed with the issuer's key
      When she presents it
      Then access is granted

  @KEY-16 @must @ASVS-9.1.3 @RFC8725-3.10 @api @in_process
  Rule: No claim decides where keys are fetched
    A claim is a stranger's word until the signature holds, and the signature cannot hold before the key is found.

    Scenario Outline: A token under an unknown key id whose "<claim>" is <value> makes no request there
      Given Mallory holds an access token
      And its claim "<claim>" is <value>
      And its header "kid" is "mallorys-own"
      And it is signed with a key published elsewhere
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "key_unknown"
      And the API fetches nothing but its issuer's key set

      Examples:
        | claim    | value                                           |
        | iss      | "https://mallory.example.test"                  |
        | iss      | "https://app.example.test/../mallory"           |
        | iss      | "https://app.example.test@mallory.example.test" |
        | tenant   | "mallory.example.test"                          |
        | tid      | "../../mallory"                                 |
        | jwks_uri | "https://mallory.example.test/jwks"             |
        | jku      | "https://mallory.example.test/jwks"             |

    Scenario Outline: A token that names a stranger, sent with the stranger's name as "<header>", makes no request there
      Given Mallory holds an access token
      And its claim "iss" is "https://mallory.example.test"
      And it is signed with a key published elsewhere
      And her requests carry the header "<header>: mallory.example.test"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the API fetches nothing but its issuer's key set

      Examples:
        | header           |
        | X-Forwarded-Host |
        | X-Original-Host  |
