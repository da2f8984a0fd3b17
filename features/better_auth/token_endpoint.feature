@better-auth
Feature: How Better Auth hands out tokens
  The requests by which a token is had, and what their answers say beside it.

  @BET-09 @policy @issuer
  Rule: Only who asks for a token is given one
    By default every look at the session mints a token too, into a header that script reads and logs keep.

    Scenario Outline: A look at the session at <server> mints <minted>
      Given Ada is signed in at <server>
      When she looks at her session
      Then the answer's headers hold <minted>

      Examples:
        | server             | minted   |
        | the default server | a token  |
        | the mended server  | no token |

  @BET-10 @policy @RFC6749-5.1 @issuer
  Rule: No answer about a session or a token may be stored

    Scenario Outline: At <server>, the answer to somebody who <acts> <stored>
      Given Ada is signed in at <server>
      When Ada <acts>
      Then the answer <stored>

      Examples:
        | server             | acts                             | stored          |
        | the default server | asks for a new access token      | may be stored   |
        | the default server | signs in with the right password | may be stored   |
        | the default server | signs up anew                    | may be stored   |
        | the mended server  | asks for a new access token      | is never stored |
        | the mended server  | signs in with the right password | is never stored |
        | the mended server  | signs up anew                    | is never stored |

  @BET-11 @policy @issuer
  Rule: A page of another origin is given no token, whatever the browser adds to its request
    A GET with a cookie is what any page can have a browser send; that its answer stays unread is left to others.

    Scenario Outline: A page of another origin that asks <server> is given <gift>
      Given Ada is signed in at <server>
      And her requests come from a page of "https://evil.example"
      When she asks for a new access token
      Then she is given <gift>

      Examples:
        | server             | gift     |
        | the default server | a token  |
        | the mended server  | no token |

    Scenario: The application's own page is given a token
      Given Ada is signed in at the mended server
      When she asks for a new access token
      Then she is given a token

  @BET-23 @policy @RFC6750-3 @issuer
  Rule: A refusal says what to do next, in the headers that HTTP has for it
    Better Auth answers 401 without a challenge, and 429 with a header of its own name. HTTP wants the one, and knows the
    other; the API challenges for itself.

    Scenario: By default a missing session is answered without a challenge
      Given Mallory has found the default server
      When Mallory asks for a new access token
      Then she is given no token
      And with no challenge

    Scenario: Mended, a missing session is answered with a challenge
      Given Mallory has found the mended server
      When Mallory asks for a new access token
      Then she is given no token
      And with a challenge without an error

    Scenario: A missing token is answered by the API, with a challenge
      Given Mallory has found the mended server
      When Mallory calls the API without a token
      Then access is refused as "token_missing"
      And with a challenge without an error

    Scenario: By default, who guesses too often is told when to come back in a header of its own
      Given Ada has an account at a default server in production
      When Mallory guesses Ada's password 8 times, each time from the same address
      Then the answer carries these headers:
        | header        | value  |
        | retry-after   | absent |
        | x-retry-after | …      |

    Scenario: Mended, who guesses too often is told when to come back
      Given Ada has an account at the mended server
      When Mallory guesses Ada's password 8 times, each time from the same address
      Then the answer carries these headers:
        | header        | value  |
        | retry-after   | …      |
        | x-retry-after | absent |
