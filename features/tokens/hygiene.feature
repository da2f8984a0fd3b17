Feature: What a token does not say
  A token is read by whoever holds it: the person herself, her browser's extensions, every proxy that logs too much. So it
  says as little as it can, and nobody but the issuer has a hand in what it says.

  @HYG-01 @HYG-02 @must @ASVS-14.1.1 @ASVS-15.3.1 @RFC7519-12 @RFC9068-6 @ASVS-14.2.6 @issuer
  Rule: An access token says nothing of the account but its id
    No address, no name, no password, nothing of the session credential. A careless default puts the whole user in.

    Scenario Outline: A token in the <profile> profile names the account by its id alone
      Given the issuer follows the <profile> profile
      And Ada is signed in
      When she asks for a new access token
      Then it says nothing of Ada's account but its id

      Examples:
        | profile   |
        | stateless |
        | strict    |

  @HYG-08 @ISU-02 @must @ASVS-15.3.3 @issuer
  Rule: Nothing that a person can write about herself changes her token
    Her name, her address and any further member that she sends with them leave every claim and the size as they are.

    Scenario Outline: Who signs up with "<text>" gets a token like everybody's
      Given Ada holds an access token
      And Mallory has signed up
      And Mallory's requests carry the member "<text>"
      When Mallory's session meets "sign up"
      Then the answer is granted
      And Mallory's access token differs from Ada's in "sub, jti, sid" alone

      Examples: What an account has
        | text                                                                                 |
        | name=M                                                                               |
        | name=Mallory with a name that goes on and on, and on, and on, and on, and on, and on |
        | name=M", "role": "admin                                                              |
        | email=role.admin@example.test                                                        |

      Examples: What is no part of an account, and a claim elsewhere
        | text                           |
        | role=admin                     |
        | roles=admin                    |
        | scope=admin                    |
        | sub=ada                        |
        | id=ada                         |
        | aud=https://files.example.test |
        | iss=https://evil.example       |
        | exp=4102444800                 |
        | iat=0                          |
        | nbf=0                          |
        | jti=1                          |
        | sid=1                          |
        | client_id=admin                |

  @HYG-10 @must @ASVS-8.3.1 @ASVS-15.3.3 @issuer
  Rule: The issuer has no operation that signs what it is given
    Only a renewal makes a token. These are the paths at which libraries offer more.

    Scenario Outline: The issuer serves nothing at "<path>"
      Given Ada is signed in
      And her requests go to "<path>"
      When she asks for a new access token
      Then the answer is refused as "not_found"

      Examples:
        | path                  |
        | /api/auth/sign-jwt    |
        | /api/auth/token       |
        | /api/auth/verify-jwt  |
        | /api/auth/update-user |
        | /api/auth/refresh     |
