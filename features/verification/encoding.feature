Feature: Encoding
  A segment is base64url without padding, and there is one way to spell it. A decoder that skips what it does not know
  makes many texts of one token: a list of refused texts then misses all but one of them.

  @STR-05 @STR-06 @must @RFC7515-2 @RFC7515-5.2 @RFC8725bis-3.14 @api
  Rule: A segment with a character outside base64url is refused
    The signature of header and payload covers the misspelling here, so that the spelling is all that is wrong. The
    signature segment is covered by nothing.

    Scenario Outline: A token is refused whose <segment> is <misspelled>
      Given Mallory holds an access token
      And its <segment> is <misspelled>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "encoding_malformed"

      Examples: The alphabet
        | segment   | misspelled         |
        | header    | interrupted by "+" |
        | payload   | interrupted by "/" |
        | signature | interrupted by "+" |
        | header    | interrupted by "%" |
        | payload   | interrupted by "!" |
        | signature | interrupted by "@" |
        | signature | interrupted by "~" |

      Examples: The padding
        | segment   | misspelled         |
        | header    | followed by "="    |
        | payload   | followed by "="    |
        | signature | followed by "="    |
        | signature | followed by "=="   |
        | signature | interrupted by "=" |

  @STR-07 @may @RFC4648-3.5 @api
  Rule: A segment whose unused bits are set is refused
    The last letter of a segment may carry bits that belong to no octet. They are zero.

    Scenario Outline: A token is refused whose <segment> is spelled with its unused bits set
      Given Mallory holds an access token
      And its <segment> is spelled with its unused bits set
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "encoding_malformed"

      Examples:
        | segment   |
        | header    |
        | payload   |
        | signature |

  @STR-08 @must @RFC7519-7.2 @RFC8725bis-3.14 @api
  Rule: White space in a token is refused
    A credential with a space in it is two words, not one token, whatever stands around the space.

    Scenario Outline: A credential is refused whose <segment> is <misspelled>
      Given Mallory holds an access token
      And its <segment> is <misspelled>
      When Mallory presents it
      Then access is refused as "request_invalid"
      And the log gives the reason "credentials_malformed"

      Examples:
        | segment   | misspelled             |
        | header    | interrupted by a space |
        | payload   | interrupted by a space |
        | signature | interrupted by a tab   |
        | header    | followed by a space    |
        | payload   | followed by a tab      |

      @in_process
      Examples: What an HTTP server stops, and an API in another place would not
        | segment   | misspelled                       |
        | payload   | interrupted by a line feed       |
        | signature | interrupted by a carriage return |
        | signature | followed by a line feed          |
        | signature | followed by a NUL                |
