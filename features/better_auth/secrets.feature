@better-auth
Feature: What holds a Better Auth session together
  A session token, a secret, and who else may come to know them.

  @BET-14 @policy @issuer
  Rule: What script or the records show is no credential
    The answer to signing in repeats the session token, and the database holds it in clear; with the bearer plugin that
    text alone is a session.

    Scenario Outline: At <server>, who has read the session token is given <gift>
      Given Ada is signed in at <server>
      And Mallory has read Ada's session token in the records
      When Mallory offers it as a bearer token
      Then she is given <gift>

      Examples:
        | server                                  | gift     |
        | a default server with the bearer plugin | a token  |
        | the mended server                       | no token |

  @BET-21 @policy @issuer
  Rule: A server without a secret of its own does not start
    Outside production Better Auth falls back to one that everybody can read in its source.

    Scenario Outline: Who knows the secret of the package is given <gift> at <server>
      Given Ada has an account at <server>
      And Mallory has forged a session of Ada's with the secret of the package
      When Mallory asks for a new access token
      Then she is given <gift>

      Examples:
        | server                                                    | gift     |
        | a default server with a signed cookie cache but no secret | a token  |
        | the mended server                                         | no token |

    Scenario Outline: Started without a secret, <server> <outcome>
      When somebody starts <server>
      Then the server <outcome>

      Examples:
        | server                                          | outcome        |
        | a default server without a secret               | starts         |
        | a default server without a secret in production | does not start |
        | a mended server without a secret                | does not start |

  @BET-22 @policy @issuer
  Rule: The secret alone opens no session, so sharing it would gain nothing
    Tutorials hand the secret to the API for checking tokens. With a cookie cache signed by it, whoever has it is anybody.

    Scenario Outline: Who shares the secret of <server> is given <gift>
      Given Ada has an account at <server>
      And Mallory has forged a session of Ada's with the secret of the server
      When Mallory asks for a new access token
      Then she is given <gift>

      Examples:
        | server                                      | gift     |
        | a default server with a signed cookie cache | a token  |
        | the mended server                           | no token |
