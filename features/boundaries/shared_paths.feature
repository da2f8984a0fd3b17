Feature: Shared paths
  Between a person and the API stand caches and proxies that serve many. Neither may take one person for another.

  @CAC-03 @must @RFC9111-3.5 @ASVS-14.3.2 @ASVS-14.2.5 @api
  Rule: No cache is given one person's answer for another
    Whatever stands between decides what to keep by the address and by what the answer allows. So the answer allows
    nothing, and a longer address is not an alias of a shorter one.

    Scenario Outline: What is answered to a call <situation> is never stored
      When Ada calls the API <situation>
      Then the answer is never stored

      Examples:
        | situation                                          |
        | with a live token                                  |
        | without a token                                    |
        | with an expired token                              |
        | for a page below her own, named like a style sheet |

    Scenario: A longer address, named like a style sheet, is not her own page
      When Ada calls the API for a page below her own, named like a style sheet
      Then it answers problem details with the code "not_found" and the status 404

  @CAC-05 @must @RFC9110-3.3 @api
  Rule: Each request is authenticated by itself, whatever its connection has carried before
    Connections are shared: a proxy sends many people's requests over one.

    Scenario: A request without a token is refused on a connection that carried one with a token
      Given Ada holds an access token
      And Ada has presented it
      When she calls the API without a token
      Then access is refused as "token_missing"

    Scenario: A forged token is refused on a connection that carried a good one
      Given Mallory holds an access token
      And Mallory has presented it
      And it is signed with another key
      When Mallory presents it
      Then access is refused as "token_invalid"
