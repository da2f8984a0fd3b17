Feature: The session cookie
  The session credential lives in one cookie of the issuer's own host. Script cannot read it, no other host is sent it, and
  no other host can set it.

  @CKY-01 @CKY-02 @CKY-03 @CKY-04 @CKY-05 @CKY-06 @must @ASVS-3.3.1 @ASVS-3.3.2 @ASVS-3.3.3 @ASVS-3.3.4 @RFC6265bis-4.1.3.2 @RFC6265bis-4.1.2.3 @BrowserApps-6.1.3.2 @issuer
  Rule: The cookie is bound to HTTPS, to its host, and out of reach of script
    The prefix __Host- makes the browser itself insist on Secure, Path=/ and no Domain. SameSite=Lax keeps it from requests
    that foreign pages make, and still finds a person signed in who follows a link.

    Scenario: A sign-in sets a cookie with exactly these attributes
      Given Ada has signed up
      When Ada signs in with the right password
      Then the answer's cookie carries exactly these attributes:
        | attribute | value          |
        | name      | __Host-session |
        | Path      | /              |
        | Secure    |                |
        | HttpOnly  |                |
        | SameSite  | Lax            |
        | Max-Age   | 604800         |

    Scenario Outline: After "<event>" the cookie carries the same attributes
      Given Ada's session is active
      When her session meets "<event>"
      Then the answer's cookie carries exactly these attributes:
        | attribute | value          |
        | name      | __Host-session |
        | Path      | /              |
        | Secure    |                |
        | HttpOnly  |                |
        | SameSite  | Lax            |
        | Max-Age   | <lifetime>     |

      Examples:
        | event                      | lifetime |
        | sign up                    | 604800   |
        | ask for a new access token | 604800   |
        | change the password        | 604800   |
        | sign out                   | 0        |
        | sign out everywhere        | 0        |

  @CKY-07 @should @ASVS-3.3.5 @issuer
  Rule: The cookie is one, and within the 4096 bytes that every browser keeps
    A longer one is dropped silently, which looks like being signed out. Parts of a divided one outlive each other.

    Scenario: The session credential is one cookie, within 4096 bytes
      Given Ada has signed up
      When Ada signs in with the right password
      Then the answer's cookie is within 4096 bytes

  @CKY-08 @policy @RFC6265bis-5.5 @issuer @clock
  Rule: The cookie lives as long as the session has left, and no longer
    Each renewal gives another week, until the thirty days of the session end sooner.

    Scenario Outline: A session renewed every day gets, after <age> days, a cookie for <lifetime> seconds
      Given Ada's session has been renewed every day for <age> days
      When she asks for a new access token
      Then the answer's cookie carries exactly these attributes:
        | attribute | value          |
        | name      | __Host-session |
        | Path      | /              |
        | Secure    |                |
        | HttpOnly  |                |
        | SameSite  | Lax            |
        | Max-Age   | <lifetime>     |

      Examples:
        | age | lifetime |
        | 1   | 604800   |
        | 23  | 604800   |
        | 24  | 518400   |
        | 29  | 86400    |
