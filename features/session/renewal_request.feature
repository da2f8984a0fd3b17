Feature: The request for a renewal
  A renewal is a POST with the cookie, from the frontend's own page. It asks for nothing in particular: what the new token
  says, the issuer knows.

  @RFR-08 @HYG-10 @must @OAuth2.1-4.3.3 @RFC9700-4.14.2 @ASVS-15.3.3 @ASVS-8.3.1 @issuer @clock
  Rule: Nothing in the request for a renewal reaches the token
    No scope, role or audience can be asked for, so none can be asked for in excess; and no one can have a text of hers signed.

    Scenario Outline: A renewal that asks for <part> "<text>" gets what every renewal gets
      Given Ada is signed in
      And 60 seconds have passed
      And her requests carry the <part> "<text>"
      When she asks for a new access token
      Then her access token differs from the one before in "iat, exp, jti" alone

      Examples:
        | part   | text                           |
        | member | scope=admin                    |
        | member | role=admin                     |
        | member | aud=https://files.example.test |
        | member | audience=https://files.test    |
        | member | sub=root                       |
        | member | exp=4102444800                 |
        | member | payload=signed                 |
        | query  | scope=admin&resource=files     |

  @RFR-14 @must @ASVS-14.2.1 @issuer
  Rule: The session credential is read from its cookie alone
    An address ends up in histories and logs; a body and a header can be written by script, which never has the credential.

    Scenario Outline: A credential that is sent as the <part> "<text>" is <verdict>
      Given Ada holds a session credential
      And her requests carry the <part> "<text>"
      And her browser has lost its cookies
      When she asks for a new access token
      Then the answer is <verdict>

      Examples:
        | part   | text                                | verdict                      |
        | header | Cookie: __Host-session={credential} | granted                      |
        | header | Authorization: Bearer {credential}  | refused as "session_missing" |
        | header | X-Session: {credential}             | refused as "session_missing" |
        | query  | __Host-session={credential}         | refused as "session_missing" |
        | query  | refresh_token={credential}          | refused as "session_missing" |
        | member | refresh_token={credential}          | refused as "session_missing" |
        | member | __Host-session={credential}         | refused as "session_missing" |

  @RFR-14 @HYG-09 @must @ASVS-14.2.1 @ASVS-7.2.1 @ASVS-14.3.2 @ASVS-3.5.1 @issuer
  Rule: A renewal is a POST, with a live session, from a page of the frontend
    A link must change nothing, and a foreign page must not keep a session going for its person.

    Scenario Outline: A renewal by requests that <habit> is <verdict>
      Given Ada is signed in
      And her requests <habit>
      When she asks for a new access token
      Then the answer is <verdict>
      And the answer is never stored

      Examples:
        | habit                                          | verdict                         |
        | go by POST                                     | granted                         |
        | go by GET                                      | refused as "method_not_allowed" |
        | come from a page of "https://app.example.test" | granted                         |
        | come from a page of "https://evil.example"     | refused as "origin_untrusted"   |
        | come from a page of "null"                     | refused as "origin_untrusted"   |
        | come from no page                              | refused as "origin_untrusted"   |

    Scenario: A renewal without a session is refused
      Given Ada's session is signed out
      When she asks for a new access token
      Then the answer is refused as "session_missing"
      And the answer is never stored

  @RFR-15 @must @RFC9700-4.14.2 @OAuth2.1-4.3.1 @ASVS-7.2.3 @issuer
  Rule: A session credential cannot be guessed or altered, and the issuer stores nothing of it
    It is signed, not looked up. A thief of the issuer's records finds no credential there, nor a digest of one.

    Scenario Outline: A session credential whose claim "<claim>" is <value> is refused when another key signed it
      Given Mallory holds a session credential
      And its claim "<claim>" is <value>
      And it is signed with another key
      And Mallory uses it as a session credential
      When Mallory asks for a new access token
      Then the answer is refused as "session_missing"

      Examples:
        | claim | value      |
        | sub   | "ada"      |
        | exp   | 4102444800 |
        | epoch | 7          |

    Scenario Outline: In the <profile> profile the records hold <extent> of a live credential
      Given the issuer follows the <profile> profile
      And Ada is signed in
      When she asks for a new access token
      Then the issuer's records hold <extent> of her session credential

      Examples:
        | profile   | extent                       |
        | stateless | nothing                      |
        | strict    | nothing but the session's id |
