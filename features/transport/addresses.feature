Feature: Addresses and bodies
  Addresses are kept: by histories, by logs, by the next page's Referer. No secret stands in one, and no answer sends the
  browser to an address that somebody else chose.

  @CKY-19 @must @ASVS-3.3.4 @ASVS-14.3.3 @ASVS-10.1.1 @BrowserApps-6.1 @flow @in_process
  Rule: Each secret stands where it must, and nowhere else
    The session credential is in its cookie alone, so that no script and no cache holds it. The access token is in the answer
    that issues it and in the header that presents it. The password is in what its owner sends.

    Scenario Outline: In a session from sign-in to sign-out, the <secret> has its places
      Given Ada has signed up
      And her session has met "sign in with the right password"
      And her session has met "call the API"
      And her session has met "change the password"
      When her session meets "sign out"
      Then her <secret> has stood in these places alone:
        | message         | place         |
        | <message>       | <place>       |
        | <other message> | <other place> |

      Examples:
        | secret             | message | place         | other message | other place |
        | session credential | request | Cookie        | answer        | Set-Cookie  |
        | access token       | request | Authorization | answer        | body        |

    Scenario: In a session from sign-in to sign-out, the password has one place
      Given Ada has signed up
      And her session has met "sign in with the right password"
      And her session has met "call the API"
      And her session has met "change the password"
      When her session meets "sign out"
      Then her password has stood in these places alone:
        | message | place |
        | request | body  |

  @CKY-20 @must @ASVS-3.7.2 @issuer
  Rule: No answer of the issuer redirects
    Better Auth's client may say where to go next. An issuer that goes there for whoever asks lends its good name to any
    address, and may take a token along. The frontend knows its own pages.

    Scenario Outline: A sign-in whose <part> names "<address>" leads nowhere
      Given Ada has signed up
      And her requests carry the <part> "<address>"
      When Ada signs in with the right password
      Then the answer is granted
      And the answer carries these headers:
        | header   | value  |
        | Location | absent |
        | Refresh  | absent |

      Examples:
        | part   | address                                 |
        | member | callbackURL=https://evil.example/       |
        | member | redirectTo=//evil.example               |
        | query  | callbackURL=https://evil.example/       |
        | query  | redirect_uri=https%3A%2F%2Fevil.example |

    Scenario Outline: "<event>" with an address to go to leads nowhere
      Given Ada's session is active
      And her requests carry the member "callbackURL=https://evil.example/"
      When her session meets "<event>"
      Then the answer is granted
      And the answer carries these headers:
        | header   | value  |
        | Location | absent |
        | Refresh  | absent |

      Examples:
        | event                      |
        | sign up                    |
        | ask for a new access token |
        | sign out                   |
