"""What tests that move a clock need of this machine."""

from __future__ import annotations

import pytest

from conformance.errors import BadInvocation
from conformance.moved_clock import find_library


def _is_installed() -> bool:
    try:
        find_library()
    except BadInvocation:
        return False
    return True


needs_libfaketime = pytest.mark.skipif(not _is_installed(), reason="libfaketime is not installed: .ci/clock says how")
