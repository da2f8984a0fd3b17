Feature: Unknown account
  The API keeps no accounts. It takes the issuer's word for who exists, for as long as the issuer gave it: that is what
  stateless means, and this is what it costs.

  @SUB-04 @policy @RFC8725-3.8 @ASVS-6.3.8 @flow @clock
  Rule: The API looks nobody up: a deleted account's access token lives out its minutes
    The issuer knows at once, and gives no further token. What it gave before stays good for its own lifetime and the
    leeway; whoever cannot afford these minutes has to ask the issuer at each call, and is stateless no longer.

    Scenario: An account that was deleted gets no new access token
      Given Ada is signed in
      And Ada has deleted her account
      When she asks for a new access token
      Then the answer is refused as "session_missing"

    Scenario: A copied session credential of a deleted account gets no new access token
      Given Ada is signed in
      And Mallory holds a copy of Ada's session credential
      And Ada has deleted her account
      When Mallory asks for a new access token
      Then the answer is refused as "session_revoked"

    Scenario: An account that exists gets a new access token
      Given Ada is signed in
      When she asks for a new access token
      Then the answer is granted

    Scenario Outline: The access token of a deleted account is <verdict> after <duration>
      Given Ada is signed in
      And Ada has deleted her account
      And <duration> have passed
      When she presents it
      Then access is <verdict>

      Examples:
        | duration    | verdict                    |
        | 0 seconds   | granted                    |
        | 329 seconds | granted                    |
        | 330 seconds | refused as "token_expired" |

    Scenario: A subject that the issuer vouches for is the caller, known to nobody else or not
      Given Ada holds an access token
      And its claim "sub" is "an account that never was"
      When she presents it
      Then access is granted
      And the API names the subject "an account that never was"
