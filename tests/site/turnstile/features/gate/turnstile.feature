@ASVS-9.2.3
Feature: The turnstile
  It opens for a *coin*, and closes behind whoever goes through.

      an indented note

  @GTE-01 @must @RFC7519-4.1.4 @api
  Rule: A coin opens the gate
    Money first.

    Scenario: A coin opens a locked gate
      Given the gate is locked
      When a visitor does coin
      Then the gate opens and is unlocked

    Scenario: A button does not open the gate
      Given the gate is locked
      When a visitor does button
      Then the gate stays shut and is locked

    Scenario: The gate is out of order
      Given nobody is on duty

  @GTE-02 @policy
  Rule: Nothing a sign says is read as markup: # ; " <b> {end} | ~ `tick` _under_ *star*
    Scenario: The sign says <script>alert("1; #2")</script> {#id} [link](x) `~~~`
      Given the sign reads "#1; <b>bold</b> {end} | ``` ~~~ %% click"
      And the notice:
        """
        ```watchword
        table: nothing
        ```
        ~~~
        </pre></div> & more
        """
      When a visitor does coin
      Then the gate opens and is unlocked

    Scenario: The tariffs
      Given these tariffs:
        | fare     | price       | note               |
        | single   | 1 \| coin   | `once` <only> #1;  |
        | day_pass | 3 *coins*   | {all} [day](x)     |
