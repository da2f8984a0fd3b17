Feature: The access token
  It says who is calling, for whom it was made and how long it lives.

  @CLM-01 @policy @issuer
  Rule: An access token carries the claims of its profile and no others

    Scenario: The claims of an access token
      Given Ada holds an access token
      Then it carries exactly these claims:
        | claim | type   | presence  | meaning                       |
        | iss   | string | always    | the issuer                    |
        | sub   | string | always    | the account                   |
        | aud   | string | always    | the API it was made for       |
        | exp   | number | always    | from when on it is refused    |
        | azp   | string | sometimes | who asked, if another did     |
