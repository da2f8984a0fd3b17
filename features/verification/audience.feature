Feature: Audience
  A token is made for one API. A token that another service may rightly accept must not open this one.

  @AUD-02 @must @RFC7519-4.1.3 @RFC9068-4 @ASVS-9.2.3 @api
  Rule: A token whose audience does not name this API is refused
    The comparison is exact: no prefix, no case folding, no trailing slash forgiven.

    Scenario: A token for this API is accepted
      Given Ada holds an access token
      And its claim "aud" is "https://api.example.test"
      When she presents it
      Then access is granted

    Scenario: A token for another service is refused
      Given Ada holds an access token
      And its claim "aud" is "https://files.example.test"
      When she presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "audience_wrong"
