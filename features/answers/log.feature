Feature: The log
  The log knows why. It is read by people and by programs, and copied to places where no secret may go.

  @LOG-01 @must @RFC9700-4.9.3 @ASVS-16.2.5 @flow
  Rule: The log carries no token, no credential and no password

    Scenario: A whole session leaves no secret in the log
      Given Ada has signed in, called, renewed, been refused and signed out
      Then no line of the log carries a secret

  @LOG-05 @must @ASVS-14.2.1 @ASVS-3.4.5 @flow
  Rule: No address carries a token
    Addresses are kept by browsers, proxies and logs, and sent on as referrers.

    @in_process
    Scenario: Whatever a stranger asks the issuer, the answer lets no referrer be sent
      When a stranger calls every route of the issuer
      Then every answer carries these headers:
        | header          | value       |
        | Referrer-Policy | no-referrer |

    Scenario: A whole session puts no secret into an address
      Given Ada has signed in, called, renewed, been refused and signed out
      Then no address carries a secret

  @LOG-02 @must @ASVS-16.3.1 @ASVS-16.3.2 @flow
  Rule: Every refusal of a token is logged with its reason and what the token says of itself

    Scenario: A refused token can be traced
      Given Mallory holds an access token
      And its claim "aud" is "https://files.example.test"
      When she presents it
      Then each refusal in the log says who issued the token, which key it names, which token it is and where it came

  @LOG-07 @must @ASVS-16.3.1 @flow
  Rule: Every sign-in and every accepted token is logged too
    A stolen token is refused nowhere. Where it was used is seen in what was granted.

    Scenario: An accepted token leaves an event
      Given Ada holds an access token
      When she presents it
      Then access is granted
      And the log has the event "token_accepted"

    Scenario: A sign-in leaves an event
      Given Ada has signed up
      When Ada signs in with the right password
      Then the answer is granted
      And the log has the event "session_opened"

    Scenario: A renewal leaves an event
      Given Ada is signed in
      When Ada asks for a new access token
      Then the answer is granted
      And the log has the event "session_renewed"

  @LOG-03 @must @ASVS-16.4.1 @flow
  Rule: Nothing that is logged can forge a line
    A line break in a claim would write a second line, and a control character can repaint a terminal.

    Scenario Outline: A <place> with <kind> stays on its line
      Given Mallory holds an access token
      And its <place> is <text>
      When she presents it
      Then every record of the log is one line of printable characters

      Examples:
        | place        | kind                 | text                               |
        | header "kid" | a line break         | "a\\r\\n2026-01-01 token_accepted" |
        | claim "iss"  | a terminal's code    | "\u001b[2Jnothing to see"          |
        | header "kid" | a text run backwards | "\u202ednuof ton"                  |

  @LOG-06 @must @ASVS-16.3.3 @flow
  Rule: What only an attacker does is an event of its own

    Scenario: An unsigned token raises an alarm
      Given Mallory holds an access token
      And its header "alg" is "none"
      When she presents it
      Then the log has the event "attack_suspected"

    Scenario: A session credential used again raises an alarm
      Given the issuer follows the strict profile
      And Ada is signed in
      And Mallory holds a copy of Ada's session credential
      And 11 seconds have passed
      And Ada's session has met "ask for a new access token"
      And 11 seconds have passed
      When Mallory asks for a new access token
      Then the log has the event "reuse_detected"

    Scenario: A token of another service raises none
      Given Mallory holds an access token
      And its claim "aud" is "https://files.example.test"
      When she presents it
      Then the log has no event "attack_suspected"
