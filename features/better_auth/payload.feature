@better-auth
Feature: What Better Auth puts into a token
  The JWT plugin mints tokens for whoever holds a session. Each rule here is seen twice: at a server with the package's
  defaults, where it does not hold, and at one with the application's configuration, where it does.

  @BET-01 @policy @RFC9068-6 @issuer
  Rule: A token says nothing of the account but its id
    By default the whole user object is the payload, whatever a person wrote into it.

    Scenario: The claims of a token by default
      Given Ada is signed in at the default server
      When she asks for a new access token
      Then it carries exactly these claims:
        | claim         | type    | meaning                                    |
        | iat           | number  | when it was issued                         |
        | name          | string  | what the person calls herself              |
        | email         | string  | her address, verified or not               |
        | emailVerified | boolean | which of the two                           |
        | image         | null    | a picture, of any size, that she may set   |
        | createdAt     | string  | since when she has an account              |
        | updatedAt     | string  | since when it has not changed              |
        | id            | string  | the account                                |
        | sub           | string  | the account, once more                     |
        | exp           | number  | from when on it is refused                 |
        | iss           | string  | the issuer                                 |
        | aud           | string  | the issuer once more: nobody in particular |

    Scenario: The claims of a mended token
      Given Ada is signed in at the mended server
      When she asks for a new access token
      Then it carries exactly these claims:
        | claim     | type   | value                      | meaning                               |
        | iss       | string |                            | the issuer                            |
        | sub       | string |                            | the account: opaque, never an address |
        | aud       | string | "https://api.example.test" | the API it was made for               |
        | client_id | string | "web"                      | the frontend that asked               |
        | iat       | number |                            | when it was issued                    |
        | exp       | number |                            | from when on it is refused            |
        | jti       | string |                            | this token's own id                   |
        | sid       | string |                            | one sign-in                           |

    Scenario Outline: The token of somebody with a large picture, from <server>, is <size> bytes long
      Given Ada has a picture of 9000 characters at <server>
      When she asks for a new access token
      Then it is <size> bytes long

      Examples:
        | server             | size           |
        | the default server | more than 8192 |
        | the mended server  | at most 560    |

  @BET-05 @policy @RFC9068-2.2 @issuer
  Rule: Each token has an id of its own
    Without one, two tokens of the same second are the same token, and none can be named in a log or on a list.

    Scenario Outline: Two tokens that <server> mints in one second are <likeness>
      Given Ada is signed in at <server>
      When she asks for two access tokens in one second
      Then they are <likeness>

      Examples:
        | server             | likeness  |
        | the default server | the same  |
        | the mended server  | different |

  @BET-06 @policy @RFC6750-5.3 @issuer
  Rule: A token lives five minutes
    Nothing ends it sooner: a token that was issued before sign-out is accepted until it expires.

    Scenario Outline: A token of <server> expires <when>
      Given Ada is signed in at <server>
      When she asks for a new access token
      Then it expires <when>

      Examples:
        | server             | when                           |
        | the default server | 15 minutes after it was issued |
        | the mended server  | 5 minutes after it was issued  |

    Scenario: A mended token outlives the session by its own minutes
      Given Ada is signed in at the mended server
      And Ada has signed out
      When she presents it
      Then access is granted

  @BET-07 @policy @issuer
  Rule: A lifetime is a span, whoever configures it
    A number is read as an instant: 900 makes tokens that died in 1970, a large one makes them immortal.

    Scenario Outline: Whatever was meant, a token of <server> expires <when>
      Given Ada is signed in at <server>
      When she asks for a new access token
      Then it expires <when>

      Examples:
        | server                                        | when                          |
        | a default server with the lifetime 900        | in 1970                       |
        | a default server with the lifetime 9999999999 | in 2286                       |
        | the mended server                             | 5 minutes after it was issued |
