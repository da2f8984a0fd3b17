Feature: Audience
  A token is made for one API.

  @AUD-01 @must @RFC7519-4.1.3 @api
  Rule: A token whose audience does not name this API is refused
    The service it was made for holds the token too.

    Scenario: A token for another service is refused
      Given Ada holds an access token
      And its audience is "files"
      When she presents it
      Then access is refused as "token_invalid"

    Scenario Outline: An audience that differs by <difference> is refused
      Given Ada holds an access token
      And its audience is "<audience>"
      When she presents it
      Then access is refused as "<code>"

      Examples:
        | difference    | audience | code          |
        | a longer name | apis     | token_invalid |
        | case          | API      | token_invalid |
        | nothing left  |          | token_missing |

  @AUD-02 @must @RFC7519-4.1.3 @api
  Rule: A token for this API is accepted
    The accepting twin.

    Scenario: A token for this API is accepted
      Given Ada holds an access token
      And its audience is "api"
      When she presents it
      Then access is granted
