Feature: Who sees what
  The API is given access tokens and nothing else. What it is sent beside them it neither uses, nor keeps, nor passes on.

  @BND-01 @policy @api @in_process
  Rule: A password or a session credential sent to the API changes nothing, and is not logged
    Someone will send one by mistake. It opens nothing that a token would not, and no log holds it afterwards.

    Scenario Outline: Beside a live token, the <part> "<text>" changes nothing
      Given Ada holds an access token
      And her requests carry the <part> "<text>"
      When she presents it
      Then access is granted
      And the API answers Ada's name
      And no line of the log carries a secret

      Examples:
        | part   | text                                |
        | header | Cookie: __Host-session={credential} |
        | header | X-Password: {password}              |
        | member | password={password}                 |

    Scenario Outline: Without a token, the <part> "<text>" opens nothing
      Given Ada is signed in
      And her requests carry the <part> "<text>"
      When Ada calls the API without a token
      Then access is refused as "token_missing"
      And no line of the log carries a secret

      Examples:
        | part   | text                                |
        | header | Cookie: __Host-session={credential} |
        | header | X-Password: {password}              |
        | query  | session={credential}                |
        | member | password={password}                 |

    Scenario: A session credential in a token's place is refused
      Given Ada is signed in
      When she sends the Authorization header "Bearer {credential}"
      Then access is refused as "token_invalid"
      And no line of the log carries a secret

    Scenario: A password in a token's place is refused
      Given Ada is signed in
      When she sends the Authorization header "Basic {password}"
      Then access is refused as "token_missing"
      And no line of the log carries a secret

  @AZN-10 @must @RFC9700-4.9.3 @api @in_process
  Rule: The API passes nothing of its caller on
    Its one outgoing request fetches the issuer's key set. That is public, so that it is asked for without any credential.

    Scenario: The request for the key set carries no token and no cookie
      Given Ada holds an access token
      And her requests carry the header "Cookie: __Host-session={credential}"
      When she presents it
      Then access is granted
      And the API fetches nothing but its issuer's key set
      And the API asked for it as a stranger would
