@better-auth
Feature: For whom Better Auth mints a token
  What a token says of itself: who issued it, for whom, and what kind of token it is. The reference API fetches the real
  key set, and is asked what it makes of the real tokens.

  @BET-02 @policy @RFC8725-3.9 @RFC9068-4 @issuer
  Rule: A token is meant for the API, and names it
    By default audience and issuer are the same: a token for one service is good at all that trust the issuer.

    Scenario Outline: The audience of a token of <server> is <audience>
      Given Ada is signed in at <server>
      When she asks for a new access token
      Then its audience is <audience>

      Examples:
        | server             | audience   |
        | the default server | its issuer |
        | the mended server  | the API    |

    Scenario: A token that names no API is refused by each of them
      Given Ada is signed in at a mended server with the audience of the default
      When she presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "audience_wrong"

    Scenario: A token that names the API is accepted there
      Given Ada is signed in at the mended server
      When she presents it
      Then access is granted
      And the API answers Ada's name

  @BET-03 @policy @issuer
  Rule: The issuer is configured, and no request chooses it
    Without a base URL, the Host header of each request is believed.

    Scenario Outline: A token that <server> is asked for under another host's name is issued by <issuer>
      Given Ada is signed in at <server>
      And her requests name the host "evil.example"
      When she asks for a new access token
      Then its issuer is <issuer>

      Examples:
        | server                              | issuer                |
        | a default server without a base URL | "http://evil.example" |
        | the mended server                   | the server            |

  @BET-04 @policy @RFC8725-3.11 @RFC9068-2.1 @issuer
  Rule: A token's header says that it is an access token
    A session cookie may be signed with the same key: without a type, one passes for the other.

    Scenario: The header of a token by default
      Given Ada is signed in at the default server
      When she asks for a new access token
      Then it carries exactly these header parameters:
        | parameter | type   | value   | meaning                 |
        | alg       | string | "EdDSA" | the signature algorithm |
        | kid       | string |         | which key made it       |

    Scenario: The header of a mended token
      Given Ada is signed in at the mended server
      When she asks for a new access token
      Then it carries exactly these header parameters:
        | parameter | type   | value    | meaning                                    |
        | typ       | string | "at+jwt" | an access token, not any other kind of JWT |
        | alg       | string | "EdDSA"  | the signature algorithm                    |
        | kid       | string |          | which key made it                          |

    Scenario: The API refuses a token by default
      Given Ada is signed in at the default server
      When she presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "type_wrong"

    Scenario Outline: The published keys verify <count> of the cookies of <server>
      Given Ada is signed in at <server>
      When she reads the issuer's key set
      Then it verifies <count> of her cookies

      Examples:
        | server                                         | count |
        | a default server with tokens as session cookie | 1     |
        | the mended server                              | 0     |

  @BET-24 @policy @RFC9864-4.1.2 @issuer
  Rule: The API's list of algorithms holds the one name that the issuer writes
    RFC 9864 deprecates `EdDSA` for names that say the curve; Better Auth writes the old name, and lists must hold it.

    Scenario Outline: An API that allows "<allowed>" answers a mended token: <verdict>
      Given Ada is signed in at the mended server
      And the API allows "<allowed>"
      When she presents it
      Then access is <verdict>

      Examples:
        | allowed | verdict                    |
        | EdDSA   | granted                    |
        | Ed25519 | refused as "token_invalid" |
        | ES256   | refused as "token_invalid" |

    Scenario: A token by default names an algorithm that RFC 9864 deprecates
      Given Ada is signed in at the default server
      And the API allows "Ed25519"
      When she presents it
      Then access is refused as "token_invalid"
