Feature: Through the frontend's server
  The other topology, a backend-for-frontend: a page asks the server it comes from, and that server asks the API, with a
  token minted for this one request. To the API it is a caller like any other.

  @BFF-01 @policy @BrowserApps-6.1 @flow @clock @in_process
  Rule: Behind a backend-for-frontend no access token reaches the browser
    What script never has, script cannot give away. The browser holds the session credential alone, in a cookie that no
    script reads.

    Scenario: A page's request through the frontend's server is answered
      Given Ada is signed in behind the frontend's server
      When she asks the frontend's server for her name
      Then access is granted
      And no access token has reached her browser

    Scenario: Through the frontend's server there is nothing to renew, however late a page asks
      Given Ada is signed in behind the frontend's server
      And Ada has asked the frontend's server for her name
      And 330 seconds have passed
      When she asks the frontend's server for her name
      Then access is granted
      And no access token has reached her browser

  @BFF-02 @policy @BrowserApps-6.1 @flow @in_process
  Rule: The frontend's server asks in the name of the session that a request came with, and of no other
    A client that keeps cookies would send one person's along with the request of the next, who brought none.

    Scenario: Through the frontend's server a copy of the session credential opens nothing after sign-out
      Given Ada is signed in behind the frontend's server
      And Mallory holds a copy of Ada's session credential
      And Ada has signed out
      When Mallory asks the frontend's server for her name
      Then access is refused as "session_revoked"
      And the API has been sent nothing

    Scenario: Through the frontend's server a forged session credential opens nothing
      Given Mallory holds a session credential
      And it is signed with another key
      And Mallory uses it as a session credential
      When Mallory asks the frontend's server for her name
      Then access is refused as "session_missing"
      And the API has been sent nothing

    Scenario: Who brings no session credential is not answered in the name of who asked before
      Given Ada is signed in behind the frontend's server
      And Ada has asked the frontend's server for her name
      When Mallory asks the frontend's server for her name
      Then access is refused as "session_missing"

  @BFF-03 @must @BrowserApps-6.1.3.3 @flow @in_process
  Rule: The frontend's server acts for its own pages alone
    A browser adds the cookie to a request of any page, so that the server has to see whose page it is.

    Scenario: A change asked for by a page of another origin is refused
      Given Ada is signed in behind the frontend's server
      And her requests come from a page of "https://evil.example"
      When she asks the frontend's server for an echo
      Then access is refused as "origin_untrusted"
      And the API has been sent nothing

    Scenario: A change asked for by its own page is passed on
      Given Ada is signed in behind the frontend's server
      When she asks the frontend's server for an echo
      Then access is granted

  @AZN-09 @must @BrowserApps-6.1.3.6 @flow @in_process
  Rule: The frontend's server passes on what is listed, with a token and without the cookie
    Whatever it would pass on, a page could have it ask for, in the name of whoever has that page open.

    Scenario Outline: A request for <what> is not passed on
      Given Ada is signed in behind the frontend's server
      When she asks the frontend's server for <what>
      Then access is refused as "not_found"
      And the API has been sent nothing

      Examples:
        | what                   |
        | somebody's account     |
        | the API's description  |
        | a change of her name   |
        | a name at another host |

    Scenario: What is passed on carries a token and no cookie
      Given Ada is signed in behind the frontend's server
      When she asks the frontend's server for an echo
      Then access is granted
      And the API has been sent a token and no cookie
