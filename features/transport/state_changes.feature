Feature: What can change state
  A link can send GET, a form can send POST, and neither asks before it does. So neither of them changes anything.

  @CKY-14 @must @ASVS-3.5.3 @issuer
  Rule: Nothing changes state but POST
    A link, an image or a prefetch sends GET. No header turns it into something else.

    Scenario Outline: Asked by <method>, which "<header>" would override, a sign-out does not happen
      Given Ada's session is active
      And her requests go by <method>
      And her requests carry the header "<header>"
      When her session meets "sign out"
      Then the answer carries these headers:
        | header     | value  |
        | Allow      | POST   |
        | Set-Cookie | absent |
      And her session is active

      Examples:
        | method  | header                       |
        | GET     | Accept: */*                  |
        | HEAD    | Accept: */*                  |
        | OPTIONS | Accept: */*                  |
        | PUT     | Accept: */*                  |
        | GET     | X-HTTP-Method-Override: POST |
        | GET     | X-HTTP-Method: POST          |

  @CKY-15 @must @ASVS-3.5.2 @BrowserApps-6.1.3.3.2 @issuer
  Rule: Only JSON is read, which no form can send
    A browser asks first before it sends JSON to another origin. Forms and plain text it sends unasked, and text can be
    written so that it reads as JSON.

    Scenario Outline: A sign-out sent <way> is <answer>
      Given Ada's session is active
      And her requests go <way>
      When her session meets "sign out"
      Then the answer is <answer>
      And her session is <next>

      Examples:
        | way                           | answer                       | next       |
        | as JSON                       | granted                      | signed out |
        | as a kind of JSON             | refused as "request_invalid" | active     |
        | as a form                     | refused as "request_invalid" | active     |
        | as a form with files          | refused as "request_invalid" | active     |
        | as plain text                 | refused as "request_invalid" | active     |
        | as plain text that names JSON | refused as "request_invalid" | active     |
        | as nothing in particular      | refused as "request_invalid" | active     |
