Feature: Which cookie is believed
  A cookie comes back from the browser, where more than one hand can have put it. The issuer believes the one that it made.

  @CKY-09 @must @RFC9700-4.14.2 @ASVS-7.2.1 @issuer
  Rule: A cookie that the issuer did not make is refused, and cleared

    Scenario: A session credential as it was made is accepted
      Given Ada holds a session credential
      And Ada uses it as a session credential
      When Ada asks for a new access token
      Then the answer is granted

    Scenario Outline: A session credential whose <part> is <fault> is refused and cleared
      Given Ada holds a session credential
      And its <part> is <fault>
      And Ada uses it as a session credential
      When Ada asks for a new access token
      Then the answer is refused as "session_missing"
      And the answer carries these headers:
        | header     | value                         |
        | Set-Cookie | __Host-session=; Max-Age=0; … |

      Examples:
        | part      | fault              |
        | header    | empty              |
        | payload   | changed in one bit |
        | signature | changed in one bit |
        | signature | empty              |

    Scenario Outline: A session credential signed with <key> is refused and cleared
      Given Ada holds a session credential
      And it is signed with <key>
      And Ada uses it as a session credential
      When Ada asks for a new access token
      Then the answer is refused as "session_missing"
      And the answer carries these headers:
        | header     | value                         |
        | Set-Cookie | __Host-session=; Max-Age=0; … |

      Examples:
        | key            |
        | another key    |
        | nothing at all |

  @CKY-10 @policy @RFC6265bis-8.6 @RFC6265bis-4.1.3.2 @issuer
  Rule: Only the one cookie of the full name is read
    A neighbouring host can set a cookie for its whole domain, but none whose name begins with __Host-; nor may it become
    that name by what the issuer strips off. If two arrive all the same, nobody can tell which is the browser's own.

    Scenario Outline: A cookie set by a neighbouring host, "<cookie>", is <verdict>
      Given Ada's session is active
      And her requests carry the header "Cookie: <cookie>"
      When she asks for a new access token
      Then the answer is <verdict>

      Examples:
        | cookie                                      | verdict                      |
        | session=x                                   | granted                      |
        | __Secure-session=x                          | granted                      |
        | __host-session=x                            | granted                      |
        | =__Host-session=x                           | granted                      |
        | {no-break space in Latin-1}__Host-session=x | granted                      |
        | __Host-session=x                            | refused as "session_missing" |
        | __Host-session={credential}                 | refused as "session_missing" |

  @CKY-18 @must @ASVS-7.2.4 @WSTG-SESS-03 @issuer
  Rule: A sign-in opens a session of its own, and ends the one whose cookie came with it
    Who plants her own cookie in another's browser waits for its owner to sign in, and would then share the session.

    Scenario: The session that a browser brings to a sign-in is over
      Given Mallory's session is active
      And Ada has signed up
      And Ada holds a copy of Mallory's session credential
      When Ada signs in with the right password
      Then Ada's session is active
      And Mallory's session is revoked

    Scenario: The session that a browser brings to a sign-up is over
      Given Mallory's session is active
      And Ada holds a copy of Mallory's session credential
      When Ada's session meets "sign up"
      Then the answer is granted
      And Mallory's session is revoked

    Scenario: A sign-in in one browser leaves another's session alone
      Given Mallory's session is active
      And Ada has signed up
      When Ada signs in with the right password
      Then Ada's session is active
      And Mallory's session is active
