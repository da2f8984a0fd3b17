Feature: Authentication is not authorization
  A token says who calls. What the caller may do is decided afterwards, by the API, from what the API knows.

  @AZN-01 @AZN-02 @must @RFC6750-3.1 @RFC9110-11.4 @RFC9110-15.5.4 @ASVS-8.2.2 @api
  Rule: Who is known and may not is told so, and not asked to sign in again
    A new token would change nothing, so that the answer is no challenge. It is the same whether or not there is such an
    account: who may not read it may not learn that either.

    Scenario: A person reads her own account
      Given Ada holds an access token
      When she asks the API for Ada's account
      Then access is granted
      And the API answers Ada's name

    Scenario: A person does not read somebody else's account
      Given Grace is signed in
      And Ada holds an access token
      When she asks the API for Grace's account
      Then access is refused as "permission_denied"
      And the log gives the reason "not_the_owner"
      And the answer carries these headers:
        | header           | value  |
        | WWW-Authenticate | absent |

    Scenario Outline: A call <situation> is a call for somebody else's
      When Ada calls the API <situation>
      Then access is refused as "permission_denied"

      Examples:
        | situation                                      |
        | for her own account in other letters           |
        | for an account by the beginning of her own id  |
        | for an account whose id begins like her own id |

    Scenario: An account that does not exist is refused in the same words
      Given Grace is signed in
      And Ada holds an access token
      When she asks the API for Mallory's account
      Then access is refused as "permission_denied"
      And it is the answer to a request for Grace's account

  @AZN-03 @must @ASVS-8.3.1 @ASVS-10.3.2 @api
  Rule: The token alone says who calls
    A name in the path, the query or the body is what the caller claims. It is compared with the token's subject, or not read
    at all.

    Scenario Outline: A <part> that names somebody else, "<text>", changes nothing
      Given Ada holds an access token
      And her requests carry the <part> "<text>"
      When she presents it
      Then access is granted
      And the API answers Ada's name

      Examples:
        | part   | text                                                  |
        | query  | sub=grace                                             |
        | query  | user_id=grace                                         |
        | member | sub=grace                                             |
        | header | X-User-Id: grace                                      |
        | header | X-Subject: grace                                      |
        | header | X-Impersonate-User: grace                             |
        | header | X-On-Behalf-Of: grace                                 |
        | header | X-Id-Token: eyJhbGciOiJub25lIn0.eyJzdWIiOiJncmFjZSJ9. |

    Scenario Outline: Somebody else's account stays closed to a request whose <part> says "<text>"
      Given Grace is signed in
      And Ada holds an access token
      And her requests carry the <part> "<text>"
      When she asks the API for Grace's account
      Then access is refused as "permission_denied"

      Examples:
        | part   | text             |
        | query  | sub=grace        |
        | member | sub=grace        |
        | header | X-User-Id: grace |

  @AZN-08 @must @ASVS-10.3.2 @ASVS-15.3.5 @api
  Rule: No claim of a token is a privilege
    The issuer puts none into a token, and the API takes none from it: what stands there was not meant for it.

    Scenario Outline: A token whose "<claim>" is <value> opens nobody else's account
      Given Grace is signed in
      And Ada holds an access token
      And its claim "<claim>" is <value>
      When she asks the API for Grace's account
      Then access is refused as "permission_denied"

      Examples:
        | claim       | value                 |
        | role        | "admin"               |
        | roles       | ["admin", "owner"]    |
        | admin       | true                  |
        | admin       | "true"                |
        | scope       | "accounts:read admin" |
        | permissions | ["*"]                 |
        | groups      | ["administrators"]    |

    Scenario: The same claims close nothing that is her own
      Given Ada holds an access token
      And its claim "role" is "admin"
      When she asks the API for Ada's account
      Then access is granted
