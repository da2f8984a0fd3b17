"""The specification is ordinary pytest: its step definitions are plugins of the run."""

import gc

import pytest

# One step module may import another before pytest has loaded that as a plugin: the asserts of all are rewritten.
pytest.register_assert_rewrite("steps")

import steps  # noqa: E402 -- after it is known that its asserts are rewritten

pytest_plugins = steps.PLUGINS


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what stands to the end of the run: it took a sixth of a scenario's time."""
    gc.collect()
    gc.freeze()
