@better-auth
Feature: How Better Auth keeps its keys
  Made when first needed, kept for ever, read a hundred at a time.

  @BET-15 @policy @issuer
  Rule: The signing key is replaced in time, and a verifier can follow
    By default there is one key for ever. With rotation alone, no key is ever deleted, and past a hundred of them the live
    one is not among those that are read.

    Scenario Outline: A year later, <server> signs with <key>
      Given Ada is signed in at <server>
      And the signing key has grown 365 days older
      When she asks for a new access token
      Then it is signed with <key>

      Examples:
        | server             | key                   |
        | the default server | the key of a year ago |
        | the mended server  | a newer key           |

    Scenario Outline: After <count> rotations the published keys verify <verified> of <server>
      Given Ada is signed in at <server>
      And the signing key has been rotated <count> times, once a month
      When she asks for a new access token
      Then the published keys verify <verified>

      Examples:
        | server                              | count | verified |
        | a default server with rotating keys | 99    | it       |
        | a default server with rotating keys | 101   | nothing  |
        | the mended server                   | 101   | it       |

    Scenario Outline: The first token under a new key of <server> names a key that a verifier <knows>
      Given Ada is signed in at <server>
      And the signing key has ended 200 seconds after a verifier fetched the keys
      When she asks for a new access token
      Then it names a key that the verifier <knows>

      Examples:
        | server                              | knows         |
        | a default server with rotating keys | does not know |
        | the mended server                   | knows         |

  @BET-16 @policy @issuer
  Rule: All requests and all processes share one key
    By default the first requests that meet make a key each; without a database each process has a key of its own, and
    verifies nothing of the other's.

    Scenario Outline: The first 20 requests for a token, at once, leave <server> with <keys>
      Given Ada has signed in at <server>, where nobody has asked for a token
      When she asks for 20 access tokens at once
      Then the server publishes <keys>

      Examples:
        | server             | keys         |
        | the default server | several keys |
        | the mended server  | one key      |

    Scenario Outline: Two processes of <server> publish <keys>
      Given Ada has an account at <server>
      When the server runs in a second process too
      Then both processes publish <keys>

      Examples:
        | server                              | keys           |
        | a default server without a database | different keys |
        | the mended server                   | the same keys  |
