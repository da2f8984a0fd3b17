"""The specification is ordinary pytest: its step definitions are plugins of the run."""

pytest_plugins = (
    "steps.scene",
    "steps.clock",
    "steps.key_set",
    "steps.outcomes",
    "steps.sessions",
    "steps.states",
    "steps.tokens",
)
