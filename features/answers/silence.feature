Feature: What is never said
  The answer tells a client what to do. Why exactly a token was refused stays in the log: told to a forger, it would be
  the next step of a search.

  @ANS-02 @ERR-09 @TIM-03 @TIM-04 @LOG-04 @should @ASVS-6.3.8 @ASVS-16.5.1 @RFC8725bis-3.1 @api
  Rule: Every reason to call a token invalid gets the same answer, to the byte
    The trace id apart, which joins the answer to its line in the log.

    Scenario Outline: A token refused for "<reason>" is answered like a forged signature
      Given Mallory holds an access token
      And <fault>
      When she presents it
      Then the log gives the reason "<reason>"
      And it is the answer to a forged signature, to the byte

      Examples:
        | reason                | fault                                           |
        | audience_wrong        | its claim "aud" is "https://files.example.test" |
        | issuer_wrong          | its claim "iss" is "https://evil.example"       |
        | claim_missing         | it has no claim "sub"                           |
        | claim_malformed       | its claim "exp" is "tomorrow"                   |
        | not_yet_valid         | its claim "nbf" is now + 31                     |
        | lifetime_too_long     | its claim "exp" is now + 3601                   |
        | type_wrong            | its header "typ" is "JWT"                       |
        | algorithm_not_allowed | its header "alg" is "HS256"                     |
        | key_unknown           | its header "kid" is "another"                   |
        | key_id_missing        | it has no header "kid"                          |

  @ORD-01 @policy @api @clock
  Rule: The signature is checked before the claims
    Whoever forges an expired token must not learn that all but its expiry was right.

    Scenario: A genuine expired token is told to be renewed
      Given Ada holds an access token that expired 30 seconds ago
      When she presents it
      Then access is refused as "token_expired"

    Scenario: A forged expired token is not told that it has expired
      Given Mallory holds an access token that expired 30 seconds ago
      And it is signed with another key
      When she presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "signature_wrong"

  @ERR-07 @ERR-08 @must @ASVS-16.5.1 @ASVS-1.2.1 @RFC6750-3 @api
  Rule: An answer repeats nothing that the request brought
    What is repeated can be script, a header line or a look-up for whoever reads the log of the next server.

    Scenario Outline: A <place> holding <kind> is not repeated
      Given Mallory holds an access token
      And its <place> is <text>
      And it is signed with another key
      When she presents it
      Then access is refused as "token_invalid"
      And the answer repeats nothing of "<mark>"

      Examples:
        | place        | kind          | text                            | mark  |
        | claim "sub"  | script        | "<script>mark1</script>"        | mark1 |
        | claim "iss"  | a header line | "mark2\\r\\nSet-Cookie: a=b"    | mark2 |
        | header "kid" | a look-up     | "${jndi:ldap://mark3.example/}" | mark3 |
        | header "typ" | a quote       | "mark4\\" error=\\"none"        | mark4 |

    Scenario: A token that is refused is not repeated
      Given Mallory holds an access token
      And it is signed with another key
      When she presents it
      Then access is refused as "token_invalid"
      And the answer repeats nothing of the token

    Scenario Outline: A refusal names no program and no line of it, where the token's <place> is <value>
      Given Mallory holds an access token
      And its <place> is <value>
      And it is signed with another key
      When she presents it
      Then access is refused as "token_invalid"
      And the answer names no program and no line

      Examples:
        | place        | value      |
        | header "kid" | {}         |
        | header "alg" | ["EdDSA"]  |
        | claim "exp"  | "tomorrow" |

    Scenario: A defect of the API names no program and no line
      Given Mallory holds an access token
      And its claim "exp" is a number of 5000 digits
      When she presents it
      Then the answer names no program and no line
      And it is the answer to a forged signature, to the byte

    Scenario: An API that has failed names no program and no line
      Given Ada holds an access token
      And the API has a defect
      When she presents it
      Then access is refused as "internal_error"
      And the answer names no program and no line

  @ERR-06 @ERR-16 @must @RFC6750-3 @RFC9110-11.2 @RFC9728-5.1 @api
  Rule: A challenge is well formed: each parameter once, of the characters that a parameter may hold
    It names no metadata document, since RFC 9728 is not claimed.

    Scenario Outline: The challenge to a call <situation> is well formed
      When Ada calls the API <situation>
      Then with <challenge>

      Examples:
        | situation                        | challenge                                    |
        | without a token                  | a challenge without an error                 |
        | with two tokens                  | a challenge with the error "invalid_request" |
        | with a token for another service | a challenge with the error "invalid_token"   |

  @ERR-12 @ERR-13 @must @ASVS-14.3.2 @RFC9111-3.5 @RFC9111-5.2.2.5 @flow
  Rule: No cache keeps an answer that a credential opened, nor a refusal

    Scenario Outline: The answer to a call <situation> is never stored
      When Ada calls the API <situation>
      Then the answer is never stored

      Examples:
        | situation                       |
        | with a live token               |
        | without a token                 |
        | with an expired token           |
        | for its public page             |
        | for something that is not there |

    Scenario Outline: The answer of the issuer <situation> is never stored
      When Ada asks the issuer <situation>
      Then the answer is never stored

      Examples:
        | situation             |
        | with a live session   |
        | with a wrong password |
        | without a session     |

  @TRN-08 @must @ASVS-3.4.4 @flow @in_process
  Rule: No browser guesses what an answer is
    One that sniffs at the content may run as a script what was sent as data.

    Scenario Outline: Whatever a stranger asks the <party>, the answer is what it says it is
      When a stranger calls every route of the <party>
      Then every answer carries these headers:
        | header                 | value   |
        | X-Content-Type-Options | nosniff |

      Examples:
        | party  |
        | API    |
        | issuer |

    Scenario Outline: The API's answer to a call <situation> is what it says it is
      When Ada calls the API <situation>
      Then the answer carries these headers:
        | header                 | value   |
        | X-Content-Type-Options | nosniff |

      Examples:
        | situation                       |
        | with a live token               |
        | with an expired token           |
        | for something that is not there |

  @TIM-02 @should @ASVS-6.3.8 @issuer @in_process
  Rule: An account that is not there is refused with the same words after the same work
    Checking a password is slow on purpose. An issuer that skips it for an unknown address tells who has an account.

    Scenario: A wrong password takes as long for an account that is not there
      Given passwords are costly to check
      Then a wrong password costs the issuer as much for an account that is not there as for Ada's
