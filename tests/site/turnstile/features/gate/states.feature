Feature: The turnstile's states

  @GTE-03 @policy
  Rule: Every event has an answer in every state

    @transitions
    Scenario Outline: A <state> gate meets a <event> by <profile>
      Given the gate is <state>
      When a visitor does <event>
      Then the gate <answer> and is <next>

      Examples: Both
        | profile | state    | event | answer     | next     |
        | any     | locked   | coin  | opens      | unlocked |
        | any     | locked   | push  | stays shut | locked   |
        | any     | unlocked | push  | opens      | locked   |
        | lenient | unlocked | coin  | opens      | unlocked |
        | greedy  | unlocked | coin  | opens      | locked   |
        | greedy  | jammed   | coin  | opens      | unlocked |

    @impossible
    Scenario Outline: A <state> gate never meets a <event>, because <reason>
      Given the gate is <state>

      Examples:
        | state  | event | reason             |
        | jammed | push  | it does not turn   |
