"""An API that verifies access tokens, small enough to copy as it is.

Read it in this order: `policy` (what is trusted), `refusals` (what can be answered), `authentication` (the gate),
`credentials` (the header), `verification` (all checks in order: `structure`, `keys`, `claims`), `app`.
"""

from .app import create_app
from .policy import Policy

__all__ = ["Policy", "create_app"]
