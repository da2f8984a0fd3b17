"""The specification is ordinary pytest: its step definitions are plugins of the run."""

import pytest

# One step module may import another before pytest has loaded that as a plugin: the asserts of all are rewritten.
pytest.register_assert_rewrite("steps")

pytest_plugins = (
    "steps.scene",
    "steps.accounts",
    "steps.answers",
    "steps.boundaries",
    "steps.channels",
    "steps.clock",
    "steps.contents",
    "steps.credentials",
    "steps.deployment",
    "steps.headers",
    "steps.instances",
    "steps.key_lifecycle",
    "steps.key_set",
    "steps.limits",
    "steps.outcomes",
    "steps.renewals",
    "steps.requests",
    "steps.segments",
    "steps.sessions",
    "steps.shared_secrets",
    "steps.states",
    "steps.tokens",
    "steps.floods",
)
