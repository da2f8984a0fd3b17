@better-auth
Feature: How long Better Auth keeps a session
  A session credential that should be worth nothing any more: is it still exchanged for a token?

  @BET-08 @policy @issuer
  Rule: A session that has ended mints no token
    The cookie cache answers from a copy of the session in the browser, for as long as the copy lasts.

    Scenario Outline: At <server>, after Ada <ended>, who copied her cookies is given <gift>
      Given Ada is signed in at <server>
      And Mallory holds a copy of Ada's session credential
      And Ada <ended>
      When Mallory asks for a new access token
      Then she is given <gift>

      Examples:
        | server                               | ended                     | gift     |
        | a default server with a cookie cache | has signed out            | a token  |
        | a default server with a cookie cache | has signed out everywhere | a token  |
        | the mended server                    | has signed out            | no token |
        | the mended server                    | has signed out everywhere | no token |

  @BET-12 @policy @issuer
  Rule: A new password ends every other session
    Who changes a password because somebody knows it means that somebody to be out.

    Scenario Outline: At <server>, after a new password, who copied Ada's cookies is given <gift>
      Given Ada is signed in at <server>
      And Mallory holds a copy of Ada's session credential
      And Ada has a new password
      When Mallory asks for a new access token
      Then she is given <gift>

      Examples:
        | server             | gift     |
        | the default server | a token  |
        | the mended server  | no token |

    Scenario: The session that changed the password goes on
      Given Ada is signed in at the mended server
      And Ada has a new password
      When Ada asks for a new access token
      Then she is given a token

  @BET-13 @policy @issuer
  Rule: A session ends, however often it is used
    By default each use moves its end, for ever, and nothing about the cookie changes.

    Scenario Outline: At <server>, after <days> days of daily use, she is given <gift>
      Given Ada is signed in at <server>
      And her session has been used every day for <days> days
      When she asks for a new access token
      Then she is given <gift>

      Examples:
        | server             | days | gift     |
        | the default server | 60   | a token  |
        | the mended server  | 29   | a token  |
        | the mended server  | 60   | no token |

  @BET-17 @policy @issuer
  Rule: Who is banned is given no token from that moment on
    The flag is looked at when somebody signs in; a session that is open already goes on.

    Scenario Outline: At <server>, whoever is banned in the records is given <gift>
      Given Ada is signed in at <server>
      And Ada is banned in the records
      When Ada asks for a new access token
      Then she is given <gift>

      Examples:
        | server                                 | gift     |
        | a default server with the admin plugin | a token  |
        | the mended server                      | no token |
