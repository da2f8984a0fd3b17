Feature: Every way in
  A route is protected by where the request arrives, not by how its address is spelled or which protocol it speaks.

  @HDR-19 @must @ASVS-8.3.1 @api
  Rule: No spelling of a path opens it
    Servers, frameworks and filters disagree on slashes, dots and case. A filter that knows only one spelling is walked past.
    Here every path is closed unless it is spelled exactly as a public one.

    Scenario Outline: Without a token, a request <way> is refused
      Given Ada's requests go <way>
      When Ada calls the API without a token
      Then access is refused as "token_missing"

      Examples:
        | way                                            |
        | to the path as it is                           |
        | to the path after two slashes                  |
        | to the path with a slash at its end            |
        | to the path with an encoded slash at its end   |
        | to the path after an encoded dot               |
        | to the path by way of a public one             |
        | to the path by way of "/public"                |
        | to the path by way of "/static"                |
        | to the path by way of "/health"                |
        | to the path by way of "/docs"                  |
        | to the path by way of "/login"                 |
        | to the path with an encoded letter             |
        | to the path with an encoded NUL at its end     |
        | to the path in capitals                        |
        | to the path with a parameter                   |
        | to the path with a public one as its parameter |
        | to the path with a suffix                      |
        | to the path with public ones in its query      |

    Scenario Outline: With a live token, a request <way> is <verdict>
      Given Ada holds an access token
      And her requests go <way>
      When she presents it
      Then access is <verdict>

      Examples:
        | way                                 | verdict                |
        | to the path as it is                | granted                |
        | to the path with an encoded letter  | granted                |
        | to the path with a slash at its end | refused as "not_found" |
        | to the path in capitals             | refused as "not_found" |

  @HDR-20 @must @ASVS-6.3.4 @api @in_process
  Rule: A channel is opened by the same token, verified in the same way
    A WebSocket begins as a request, and is refused as one. A script in a browser cannot give it an Authorization header; an
    address is no way out, so that the frontend's own server opens it.

    Scenario: A channel is opened with a live token
      Given Ada holds an access token
      When she opens a channel
      Then access is granted

    Scenario Outline: A channel opened <bearing> is refused
      Given Ada holds an access token
      When she opens a channel <bearing>
      Then access is refused as "token_missing"

      Examples:
        | bearing              |
        | without a token      |
        | with it in the query |

    Scenario Outline: A channel opened with a token whose "<claim>" is <value> is refused
      Given Ada holds an access token
      And its claim "<claim>" is <value>
      When she opens a channel
      Then access is refused as "token_invalid"

      Examples:
        | claim | value                        |
        | aud   | "https://files.example.test" |
        | iss   | "https://evil.example"       |

    Scenario Outline: A channel opened with a token that expired <late> seconds ago is <verdict>
      Given Ada holds an access token that expired <late> seconds ago
      When she opens a channel
      Then access is <verdict>

      Examples:
        | late | verdict                    |
        | 29   | granted                    |
        | 30   | refused as "token_expired" |
