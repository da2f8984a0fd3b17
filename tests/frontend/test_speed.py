"""How long a person waits, on this machine."""

from __future__ import annotations

import os
import statistics
import time
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.frontend.parties import Parties

LIMIT_SECONDS = 0.5
ROUNDS = 7


def test_from_sign_in_to_the_first_answer_takes_under_half_a_second(
    parties: Parties, record_property: Callable[[str, object], None]
) -> None:
    given = {"name": "Grace", "email": "grace@example.test", "password": "correct horse battery"}
    auth = f"{parties.url}/api/auth"
    taken = []
    with httpx.Client(headers={"Origin": parties.url}, timeout=30) as browser:
        browser.post(f"{auth}/sign-up/email", json=given).raise_for_status()
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            signed_in = browser.post(f"{auth}/sign-in/email", json=given).raise_for_status()
            # httpx keeps a Secure cookie to https, where a browser trusts localhost as well.
            cookie = signed_in.headers["set-cookie"].partition(";")[0]
            minted = browser.post(f"{auth}/access-token", headers={"Cookie": cookie}).raise_for_status()
            bearer = {"Authorization": f"Bearer {minted.json()['access_token']}"}
            browser.get(f"{parties.api_url}/me", headers=bearer).raise_for_status()
            taken.append(time.perf_counter() - begun)
    record_property("median_ms", round(statistics.median(taken) * 1000))
    record_property("best_ms", round(min(taken) * 1000))
    # At best, and with a share of the machine: what it takes, without what else is being done.
    waiting = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert min(taken) < LIMIT_SECONDS * waiting
