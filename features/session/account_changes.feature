Feature: Account changes
  An account is disabled, deleted, given a new password. Its sessions follow at once, at the issuer; what the API was given
  before follows within minutes.

  @ACC-01 @ACC-02 @must @ASVS-7.4.2 @flow @clock @in_process
  Rule: An account that is disabled or deleted gets no new access token, and its last one ends with its own lifetime
    The issuer's part is immediate. The API's is the price of statelessness: at most 300 seconds and the leeway of 30.

    Scenario Outline: After the account was <fate>, its access token is <verdict> <seconds> seconds after it was issued
      Given Ada is signed in
      And Ada's account has been <fate> by an administrator
      And <seconds> seconds have passed
      When Ada presents it
      Then access is <verdict>
      And Ada's session is revoked

      Examples:
        | fate     | seconds | verdict                    |
        | disabled | 0       | granted                    |
        | disabled | 329     | granted                    |
        | disabled | 330     | refused as "token_expired" |
        | deleted  | 329     | granted                    |
        | deleted  | 330     | refused as "token_expired" |

    Scenario: Who deletes her account ends its sessions on every device
      Given Ada is signed in
      And Ada is signed in on a second device
      And Ada has deleted her account
      When Ada asks for a new access token
      Then the answer is refused as "session_missing"
      And Ada's session on the second device is revoked

    Scenario: Nobody signs in to a disabled account
      Given Ada has signed up
      And Ada's account has been disabled by an administrator
      When Ada signs in with the right password
      Then the answer is refused as "credentials_invalid"
      And the log gives the reason "account_disabled"

    Scenario: An account that is enabled again is signed in to, and its old sessions stay ended
      Given Ada is signed in
      And Ada is signed in on a second device
      And Ada's account has been disabled by an administrator
      And Ada's account has been enabled again by an administrator
      When Ada signs in with the right password
      Then the answer is granted
      And Ada's session on the second device is revoked

  @RFR-12 @ACC-03 @policy @ASVS-7.4.3 @RFC9700-4.14.2 @issuer
  Rule: A new password ends every other session, and gives its owner a fresh one
    Who changes a password may do so because somebody else knows the old one.

    Scenario Outline: In the <profile> profile a new password ends the session on the second device
      Given the issuer follows the <profile> profile
      And Ada is signed in
      And Ada is signed in on a second device
      When Ada's session meets "change the password"
      Then the answer is granted
      And Ada's session is active
      And Ada's session on the second device is revoked

      Examples:
        | profile   |
        | stateless |
        | strict    |

    Scenario: A copy of the credential that the password was changed with is refused
      Given Ada is signed in
      And Mallory holds a copy of Ada's session credential
      And Ada's session has met "change the password"
      When Mallory asks for a new access token
      Then the answer is refused as "session_revoked"

  @SES-05 @must @ASVS-6.2.3 @issuer
  Rule: A session alone is not enough to change the password or to delete the account
    Who finds an open browser has the session, and not the password.

    Scenario Outline: Who <deed> with a wrong password is refused, and her session goes on
      Given Ada is signed in
      When Ada <deed> with a wrong password
      Then the answer is refused as "credentials_invalid"
      And Ada's session is active

      Examples:
        | deed                 |
        | changes her password |
        | deletes her account  |

    Scenario Outline: Who <deed> with the right password is not refused
      Given Ada is signed in
      When Ada <deed> with the right password
      Then the answer is granted
      And Ada's session is <state>

      Examples:
        | deed                 | state      |
        | changes her password | active     |
        | deletes her account  | signed out |

  @ACC-05 @must @ASVS-10.3.3 @issuer @in_process
  Rule: An address that comes back is a new account
    An account is known by its id, which is never given twice. Who gets an address that was another's gets nothing with it.

    Scenario: Signing up with the address of a deleted account opens another account
      Given Ada is signed in
      And Ada's account has been deleted by an administrator
      When Grace signs up with Ada's address
      Then the answer is granted
      And Grace's access token differs from Ada's in "sub, jti, sid" alone
      And Ada's session is revoked

    Scenario: Signing up again with the right password is a sign-in
      Given Ada has signed up
      When Ada signs up with Ada's address
      Then the answer is granted
      And Ada's session is active

    Scenario: Signing up with the address of a living account in capitals is refused
      Given Ada is signed in
      And Ada writes her address in capitals
      When Mallory signs up with Ada's address
      Then the answer is refused as "credentials_invalid"

    Scenario: Signing up with the address of a living account is refused
      Given Ada is signed in
      When Mallory signs up with Ada's address
      Then the answer is refused as "credentials_invalid"
      And Ada's session is active

  @ACC-06 @ACC-07 @must @ASVS-7.4.1 @ASVS-7.4.5 @issuer @in_process
  Rule: Raising an account's epoch ends all of its sessions, and no other account's
    One number in the account's record, and every credential that was issued under a lower one is refused.

    Scenario Outline: In the <profile> profile an account that was <fate> has no session left, and others keep theirs
      Given the issuer follows the <profile> profile
      And Grace is signed in
      And Ada is signed in
      And Ada is signed in on a second device
      When Ada's account is <fate> by an administrator
      Then Ada's session is <state>
      And Ada's session on the second device is <state>
      And Grace's session is active

      Examples:
        | profile   | fate                  | state   |
        | stateless | left alone            | active  |
        | stateless | signed out everywhere | revoked |
        | stateless | disabled              | revoked |
        | strict    | left alone            | active  |
        | strict    | signed out everywhere | revoked |

    Scenario: A credential from before the epoch was raised is refused for that reason
      Given Ada is signed in
      And Ada's account has been signed out everywhere by an administrator
      When Ada asks for a new access token
      Then the answer is refused as "session_revoked"
      And the log gives the reason "epoch_raised"
