Feature: Isolation
  Many people's requests pass through one process. Nothing of one request may show in another.

  @CAC-01 @must @ASVS-8.2.2 @ASVS-15.4.1 @api
  Rule: A token is verified whole, whatever of it was seen before
    To remember a verdict is tempting, and dangerous: remembered under a part of the token, it is given to every token
    that shares the part.

    Scenario Outline: A token that was accepted is refused once its <segment> is <fault>
      Given Mallory holds an access token
      And Mallory has presented it
      And its <segment> is <fault>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "signature_wrong"

      Examples:
        | segment   | fault                     |
        | header    | changed in one bit        |
        | payload   | changed in one bit        |
        | signature | written in the other case |

    Scenario: A token that was accepted is refused once its signature is another token's
      Given Mallory holds an access token
      And Mallory has presented it
      And its signature is that of another token of hers
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "signature_wrong"

    Scenario: A token that was accepted is accepted again
      Given Ada holds an access token
      And Ada has presented it
      When she presents it
      Then access is granted

    Scenario Outline: Of two people whose tokens share the claim "<claim>", each is answered with her own name
      Given Ada holds an access token
      And its claim "<claim>" is <value>
      And Ada has presented it
      And Grace holds an access token
      And its claim "<claim>" is <value>
      When Grace presents it
      Then the API answers Grace's name

      Examples:
        | claim     | value |
        | jti       | "one" |
        | sid       | "one" |
        | client_id | "one" |

  @CAC-02 @must @ASVS-8.2.2 @ASVS-15.4.1 @api @in_process
  Rule: However requests interleave, each is answered for the person who sent it

    Scenario: Two hundred mixed requests are each answered with the right name
      Given Ada is signed in
      And Grace is signed in
      When Ada and Grace present theirs 100 times each, at once
      Then access is granted each time
      And each of them is answered with her own name

  @CAC-08 @must @ASVS-9.1.1 @ASVS-15.4.1 @api
  Rule: No request changes how later ones are verified
    A server once switched its signature checks off for good at the first token whose algorithm was "none".

    Scenario Outline: A forged token is refused after one whose header "<parameter>" is <value>
      Given Mallory holds an access token
      And its header "<parameter>" is <value>
      And Mallory has presented it
      When Mallory presents 2 tokens signed with another key
      Then access is refused as "token_invalid" each time
      And the log gives the reason "signature_wrong"

      Examples:
        | parameter | value          |
        | alg       | "none"         |
        | alg       | "HS256"        |
        | kid       | 7              |
        | kid       | "nobody-knows" |
        | crit      | ["exp"]        |

    Scenario Outline: A good token is accepted after one whose header "<parameter>" is <value>
      Given Mallory holds an access token
      And its header "<parameter>" is <value>
      And Mallory has presented it
      And Ada holds an access token
      When Ada presents it
      Then access is granted

      Examples:
        | parameter | value          |
        | alg       | "none"         |
        | alg       | "HS256"        |
        | kid       | 7              |
        | kid       | "nobody-knows" |
        | crit      | ["exp"]        |
