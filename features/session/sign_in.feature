Feature: Sign-in
  A person proves who she is once, to the issuer. What she gets is a session credential in a cookie that script
  cannot read, and with it the right to ask for access tokens. The API never sees her password.

  @SES-01 @must @ASVS-7.2.4 @issuer
  Rule: The right password opens a session
    Every sign-in begins a session of its own: nothing of an earlier one is taken over.

    Scenario: Signing in with the right password opens a session
      Given Ada has signed up
      When Ada signs in with the right password
      Then the answer is granted
      And Ada's session is active

    Scenario: An address in capitals is the same account's
      Given Ada has signed up
      And Ada writes her address in capitals
      When Ada signs in with the right password
      Then the answer is granted
      And Ada's session is active

    Scenario Outline: In the <profile> profile a second sign-in in the same browser is another session
      Given the issuer follows the <profile> profile
      And Ada is signed in
      And Mallory holds a copy of Ada's session credential
      When Ada signs in with the right password
      Then her access token differs from the one before in "jti, sid" alone
      And Mallory's session is revoked

      Examples:
        | profile   |
        | stateless |
        | strict    |

  @SES-02 @should @ASVS-6.3.8 @issuer
  Rule: A wrong password opens nothing, and tells nothing
    Whether the account exists is not for a stranger to learn, so both wrong guesses get one answer.

    Scenario: Signing in with a wrong password is refused
      Given Ada has signed up
      When Ada signs in with a wrong password
      Then the answer is refused as "credentials_invalid"
      And Ada's session is signed out

    Scenario: Signing in to an account that does not exist is refused alike
      When Mallory signs in with the right password
      Then the answer is refused as "credentials_invalid"
      And Mallory's session is signed out

  @SES-04 @must @ASVS-6.3.1 @issuer @clock
  Rule: After five failed sign-ins no password for the account is looked at for a while
    A guesser has five tries in 15 minutes, on all workers together. The owner waits with him; her open sessions do not.

    Scenario Outline: After <count> failed sign-ins the right password is <verdict>
      Given Ada has signed up
      And Ada has failed to sign in <count> times
      When Ada signs in with the right password
      Then the answer is <verdict>

      Examples:
        | count | verdict                        |
        | 4     | granted                        |
        | 5     | refused as "too_many_attempts" |

    Scenario Outline: <seconds> seconds after five failed sign-ins the right password is <verdict>
      Given Ada has signed up
      And Ada has failed to sign in 5 times
      And <seconds> seconds have passed
      When Ada signs in with the right password
      Then the answer is <verdict>

      Examples:
        | seconds | verdict                        |
        | 899     | refused as "too_many_attempts" |
        | 900     | granted                        |

    Scenario: The answer says how long the oldest of the five still counts
      Given Ada has signed up
      And Ada has failed to sign in 2 times
      And 100 seconds have passed
      And Ada has failed to sign in 3 times
      When Ada signs in with the right password
      Then the answer carries these headers:
        | header      | value |
        | Retry-After | 800   |

    Scenario: An address counts as one however it is written
      Given Ada has signed up
      And Ada has failed to sign in 3 times
      And Ada writes her address in capitals
      And Ada has failed to sign in 2 times
      When Ada signs in with the right password
      Then the answer is refused as "too_many_attempts"

    Scenario: A sign-in that succeeds in between does not start the count anew
      Given Ada has signed up
      And Ada has failed to sign in 3 times
      And Ada is signed in
      And Ada has failed to sign in 2 times
      When Ada signs in with the right password
      Then the answer is refused as "too_many_attempts"

    Scenario: An address without an account is counted alike
      Given Mallory has failed to sign in 5 times
      When Mallory signs in with the right password
      Then the answer is refused as "too_many_attempts"

    Scenario: Nobody else is kept waiting
      Given Grace has signed up
      And Ada has failed to sign in 5 times
      When Grace signs in with the right password
      Then the answer is granted

    Scenario: A session that is open goes on
      Given Ada is signed in
      And Ada has failed to sign in 5 times
      When Ada asks for a new access token
      Then the answer is granted
