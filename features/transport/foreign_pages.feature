Feature: Foreign pages
  A page of another origin can make a browser send requests, and the browser adds its cookies. The issuer changes nothing
  unless the request says that it comes from a page that the policy names. No single defence is relied on.

  @CKY-11 @must @ASVS-3.5.1 @BrowserApps-6.1.3.3 @issuer
  Rule: A request that a foreign page made changes nothing

    Scenario Outline: "<event>", asked by <page>, is <answer>
      Given Ada's session is active
      And her requests come from <page>
      When her session meets "<event>"
      Then the answer is <answer>
      And her session is <next>

      Examples:
        | event                      | page                                 | answer                        | next       |
        | sign out                   | a page of "https://app.example.test" | granted                       | signed out |
        | sign out                   | a page of "https://evil.example"     | refused as "origin_untrusted" | active     |
        | sign out everywhere        | a page of "https://evil.example"     | refused as "origin_untrusted" | active     |
        | change the password        | a page of "https://evil.example"     | refused as "origin_untrusted" | active     |
        | ask for a new access token | a page of "https://evil.example"     | refused as "origin_untrusted" | active     |
        | sign up                    | a page of "https://evil.example"     | refused as "origin_untrusted" | active     |

  @CKY-12 @must @ASVS-3.5.1 @BrowserApps-6.1.3.3 @issuer
  Rule: An origin is trusted by its exact name, and the lack of one is no name
    Every browser names the origin with a request that can change state, so that a request without one is not given the
    benefit of the doubt.

    Scenario Outline: A request that comes from <page> is refused
      Given Ada's session is active
      And her requests come from <page>
      When her session meets "sign out"
      Then the answer is refused as "origin_untrusted"
      And her session is active

      Examples:
        | page                                              |
        | no page                                           |
        | a page of "null"                                  |
        | a page of "https://app.example.test.evil.example" |
        | a page of "https://evilapp.example.test"          |
        | a page of "https://sub.app.example.test"          |
        | a page of "https://example.test"                  |
        | a page of "http://app.example.test"               |
        | a page of "https://app.example.test:8443"         |
        | a page of "https://app.example.test/"             |
        | a page of "https://app.example.test, null"        |
        | a page of "HTTPS://APP.EXAMPLE.TEST"              |

    Scenario: A request that names two origins is refused
      Given Ada's session is active
      And her requests carry the header "Origin: https://app.example.test"
      When her session meets "sign out"
      Then the answer is refused as "origin_untrusted"
      And her session is active

  @CKY-13 @policy @ASVS-3.5.3 @issuer
  Rule: A request that the browser calls cross-site is refused

    Scenario Outline: "<event>", which the browser calls <site>, is <answer>
      Given Ada's session is active
      And her requests carry the header "Sec-Fetch-Site: <site>"
      When her session meets "<event>"
      Then the answer is <answer>

      Examples:
        | event                           | site        | answer                        |
        | sign in with the right password | same-origin | granted                       |
        | sign in with the right password | cross-site  | refused as "origin_untrusted" |
        | ask for a new access token      | same-origin | granted                       |
        | ask for a new access token      | cross-site  | refused as "origin_untrusted" |

  @CKY-17 @must @ASVS-3.5.1 @issuer
  Rule: A foreign page signs nobody in
    It could otherwise sign a person in to Mallory's account, and Mallory would read what she does there.

    Scenario Outline: A sign-in from <page> is <answer>
      Given Ada's session is signed out
      And her requests come from <page>
      When her session meets "sign in with the right password"
      Then the answer is <answer>
      And her session is <next>

      Examples:
        | page                                 | answer                        | next       |
        | a page of "https://app.example.test" | granted                       | active     |
        | a page of "https://evil.example"     | refused as "origin_untrusted" | signed out |
        | no page                              | refused as "origin_untrusted" | signed out |
