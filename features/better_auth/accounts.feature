@better-auth
Feature: What Better Auth tells of accounts
  Who has one, whose address it is, and how often a password may be guessed.

  @BET-18 @policy @issuer
  Rule: Nobody learns from signing up whether an address is known

    Scenario Outline: At <server>, signing up with a known address is answered <answer>
      Given Ada has an account at <server>
      When Mallory signs up with Ada's address, and with one that nobody has
      Then the two are answered <answer>

      Examples:
        | server                          | answer      |
        | the default server              | differently |
        | the mended server with a mailer | alike       |

  @BET-19 @policy @issuer
  Rule: An address is worth nothing before it is verified
    By default whoever signs up is signed in, and the token carries whatever address was typed.

    Scenario Outline: At <server>, somebody with an unverified address is given <gift>
      Given Ada has an account at <server>
      When she signs in with the right password
      Then she is given <gift>

      Examples:
        | server                          | gift     |
        | the default server              | a token  |
        | the mended server with a mailer | no token |

    Scenario: A verified address signs in
      Given Ada has an account at the mended server with a mailer
      And Ada is verified in the records
      When she signs in with the right password
      Then she is given a token

  @BET-20 @policy @issuer
  Rule: Guesses are counted wherever they come from
    By default nothing is counted outside production, and in production by an address that the client writes itself.

    Scenario Outline: Of 8 guesses from <origin>, <server> judges <judged>
      Given Ada has an account at <server>
      When Mallory guesses Ada's password 8 times, each time from <origin>
      Then <judged> of the guesses were judged

      Examples:
        | server                           | origin           | judged |
        | the default server               | the same address | 8      |
        | a default server in production   | the same address | 3      |
        | a default server in production   | another address  | 8      |
        | the mended server                | another address  | 5      |
        | the mended server behind a proxy | another address  | 3      |
