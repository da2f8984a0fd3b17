Feature: Circumstances
  What a session's state leaves open: an account that is disabled, an access token that is still about, sign-ins that
  failed. They change no state, and yet some event's outcome.

  @STA-01 @policy @flow @clock @in_process
  Rule: Where an event's outcome hangs on more than the state, each case is specified
    These rows go before those of the full table. Whether too many sign-ins have failed is looked at first.

    @transitions
    Scenario Outline: A session that is <state> while <while>, when it meets "<event>", is <next>
      Given the issuer follows the <profile> profile
      And Ada's session is <state> while <while>
      When her session meets "<event>"
      Then the answer is <answer>
      And her session is <next>

      Examples: Stateless
        | profile   | state      | while                               | event                           | answer                           | next       |
        | stateless | stale      | the access token's key is withdrawn | call the API                    | refused as "token_invalid"       | stale      |
        | stateless | lapsed     | the access token's key is withdrawn | call the API                    | refused as "token_invalid"       | lapsed     |
        | stateless | revoked    | the access token has expired        | call the API                    | refused as "token_expired"       | revoked    |
        | stateless | revoked    | the access token's key is withdrawn | call the API                    | refused as "token_invalid"       | revoked    |
        | stateless | signed out | the account is disabled             | sign in with the right password | refused as "credentials_invalid" | signed out |
        | stateless | lapsed     | the account is disabled             | sign in with the right password | refused as "credentials_invalid" | lapsed     |
        | stateless | revoked    | the account is enabled again        | sign in with the right password | granted                          | active     |
        | stateless | signed out | five sign-ins have failed           | sign in with the right password | refused as "too_many_attempts"   | signed out |
        | stateless | signed out | five sign-ins have failed           | sign in with a wrong password   | refused as "too_many_attempts"   | signed out |
        | stateless | active     | five sign-ins have failed           | sign in with the right password | refused as "too_many_attempts"   | active     |
        | stateless | active     | five sign-ins have failed           | sign in with a wrong password   | refused as "too_many_attempts"   | active     |
        | stateless | stale      | five sign-ins have failed           | sign in with the right password | refused as "too_many_attempts"   | stale      |
        | stateless | stale      | five sign-ins have failed           | sign in with a wrong password   | refused as "too_many_attempts"   | stale      |
        | stateless | lapsed     | five sign-ins have failed           | sign in with the right password | refused as "too_many_attempts"   | lapsed     |
        | stateless | lapsed     | five sign-ins have failed           | sign in with a wrong password   | refused as "too_many_attempts"   | lapsed     |
        | stateless | revoked    | five sign-ins have failed           | sign in with the right password | refused as "too_many_attempts"   | revoked    |
        | stateless | revoked    | five sign-ins have failed           | sign in with a wrong password   | refused as "too_many_attempts"   | revoked    |
        | stateless | active     | five sign-ins have failed           | change the password             | refused as "too_many_attempts"   | active     |
        | stateless | stale      | five sign-ins have failed           | change the password             | refused as "too_many_attempts"   | stale      |

      Examples: Strict
        | profile | state      | while                               | event                           | answer                           | next       |
        | strict  | stale      | the access token's key is withdrawn | call the API                    | refused as "token_invalid"       | stale      |
        | strict  | lapsed     | the access token's key is withdrawn | call the API                    | refused as "token_invalid"       | lapsed     |
        | strict  | revoked    | the access token has expired        | call the API                    | refused as "token_expired"       | revoked    |
        | strict  | revoked    | the access token's key is withdrawn | call the API                    | refused as "token_invalid"       | revoked    |
        | strict  | signed out | the account is disabled             | sign in with the right password | refused as "credentials_invalid" | signed out |
        | strict  | lapsed     | the account is disabled             | sign in with the right password | refused as "credentials_invalid" | lapsed     |
        | strict  | revoked    | the account is enabled again        | sign in with the right password | granted                          | active     |
        | strict  | signed out | five sign-ins have failed           | sign in with the right password | refused as "too_many_attempts"   | signed out |
        | strict  | signed out | five sign-ins have failed           | sign in with a wrong password   | refused as "too_many_attempts"   | signed out |
        | strict  | active     | five sign-ins have failed           | sign in with the right password | refused as "too_many_attempts"   | active     |
        | strict  | active     | five sign-ins have failed           | sign in with a wrong password   | refused as "too_many_attempts"   | active     |
        | strict  | stale      | five sign-ins have failed           | sign in with the right password | refused as "too_many_attempts"   | stale      |
        | strict  | stale      | five sign-ins have failed           | sign in with a wrong password   | refused as "too_many_attempts"   | stale      |
        | strict  | lapsed     | five sign-ins have failed           | sign in with the right password | refused as "too_many_attempts"   | lapsed     |
        | strict  | lapsed     | five sign-ins have failed           | sign in with a wrong password   | refused as "too_many_attempts"   | lapsed     |
        | strict  | revoked    | five sign-ins have failed           | sign in with the right password | refused as "too_many_attempts"   | revoked    |
        | strict  | revoked    | five sign-ins have failed           | sign in with a wrong password   | refused as "too_many_attempts"   | revoked    |
        | strict  | active     | five sign-ins have failed           | change the password             | refused as "too_many_attempts"   | active     |
        | strict  | stale      | five sign-ins have failed           | change the password             | refused as "too_many_attempts"   | stale      |
