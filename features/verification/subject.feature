Feature: Subject
  The subject says which account is calling. To the API it is opaque text and the only name a caller has; what the
  account may do, and whether it still exists, the token does not say.

  @SUB-01 @must @RFC9068-2.2 @api
  Rule: A token that names no account is refused

    Scenario Outline: A token whose subject is <state> is refused
      Given Ada holds an access token
      And <fault>
      When she presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "<reason>"

      Examples:
        | state  | fault                   | reason          |
        | absent | it has no claim "sub"   | claim_missing   |
        | null   | its claim "sub" is null | claim_malformed |

    Scenario: A token with a subject tells the API who is calling
      Given Ada holds an access token
      When she presents it
      Then access is granted
      And the API answers Ada's name

  @SUB-02 @SUB-03 @must @RFC8725-3.8 @RFC7519-4.1.2 @RFC9068-2.2 @api
  Rule: The subject is text that names somebody
    An empty name is a key that an empty field, somewhere, will match.

    Scenario Outline: A subject given as <form> is refused
      Given Ada holds an access token
      And its claim "sub" is <sub>
      When she presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "claim_malformed"

      Examples:
        | form                       | sub                        |
        | an empty string            | ""                         |
        | spaces                     | "   "                      |
        | a line break               | "\u000a"                   |
        | a number                   | 7                          |
        | a list                     | ["account-7"]              |
        | an object                  | {"id": "account-7"}        |
        | a boolean                  | true                       |
        | a string of 256 characters | a string of 256 characters |

    Scenario Outline: A subject given as <form> is accepted
      Given Ada holds an access token
      And its claim "sub" is <sub>
      When she presents it
      Then access is granted
      And the API names the subject <sub>

      Examples:
        | form                       | sub                        |
        | a word                     | "account-7"                |
        | digits                     | "7"                        |
        | a string of 255 characters | a string of 255 characters |

  @SUB-05 @must @RFC8725bis-3.10 @ASVS-1.2.4 @api
  Rule: The subject is taken literally
    Nothing in it is looked up, completed, normalised or run: what the issuer signed is what the API answers.

    Scenario Outline: A subject that looks like <something> is an account of that name
      Given Ada holds an access token
      And its claim "sub" is <sub>
      When she presents it
      Then access is granted
      And the API names the subject <sub>

      Examples:
        | something          | sub                            |
        | SQL                | "1' OR '1'='1"                 |
        | an LDAP filter     | "*)(uid=*))(&(uid=*"           |
        | a path             | "../../etc/passwd"             |
        | a second header    | "ada\u000d\u000aX-Role: admin" |
        | an end of string   | "ada\u0000admin"               |
        | a script           | "<script>alert(1)</script>"    |
        | a template         | "{{7*7}}${7*7}%s"              |
        | another alphabet   | "аda"                          |
        | a combined letter  | "A\u030ada"                    |
        | a name with spaces | " ada "                        |

  @SUB-06 @policy @RFC9700-4.15.1 @RFC9068-5 @api
  Rule: A token in which the client names itself is refused
    A client that acts for itself has no account. Were its id accepted as a subject, it could become somebody.

    Scenario: A token whose subject is its client is refused
      Given Mallory holds an access token
      And its claim "sub" is "web"
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "subject_is_client"

    Scenario: A token whose subject only begins like its client is accepted
      Given Ada holds an access token
      And its claim "sub" is "web-7"
      When she presents it
      Then access is granted

  @SUB-07 @must @ASVS-10.3.3 @flow
  Rule: A caller is known by issuer and subject alone
    Addresses and names change hands; a subject is never given to anybody else.

    Scenario Outline: A claim "<claim>" of somebody else does not change who calls
      Given Grace has signed up
      And Ada holds an access token
      And its claim "<claim>" is "grace.1@example.test"
      When she presents it
      Then access is granted
      And the API answers Ada's name

      Examples:
        | claim              |
        | email              |
        | preferred_username |
        | name               |
        | username           |
        | user_id            |
        | userId             |
        | id                 |
        | uid                |
        | upn                |
