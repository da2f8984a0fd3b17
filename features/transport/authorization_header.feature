Feature: The Authorization header
  An access token travels in one place: the Authorization header, behind the word Bearer.

  @HDR-01 @must @RFC6750-3 @RFC9110-15.5.2 @api
  Rule: The API answers whoever brings a live token, and asks the others for one

    Scenario: A call with a live access token is answered
      Given Ada holds an access token
      When she presents it
      Then access is granted
      And the API answers Ada's name

    Scenario: A call without a token is refused
      When Ada calls the API without a token
      Then access is refused as "token_missing"
