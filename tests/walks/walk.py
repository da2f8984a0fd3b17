"""A walk: one person, one browser, one event after the other, and what the table says of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from steps.scene import Scene
from steps.stage import InProcessStage
from steps.states import CIRCUMSTANCES, bring_into, meet, observe
from steps.vocabulary import NO_ANSWER, Verdict

if TYPE_CHECKING:
    import asyncio

    from steps.beginnings import Beginnings
    from steps.targets.wire import Hooks
    from tests.walks.table import Table

FAILURES_ALLOWED = 5
FAILURES_WINDOW_SECONDS = 15 * 60
LEEWAY_SECONDS = 30


class Silence:
    """Hears exchanges and notes, and keeps none."""

    def hooks(self, sender: str, receiver: str) -> Hooks:
        """Return hooks that do nothing."""
        del sender, receiver
        return {"request": [], "response": []}

    def note(self, kind: str, **facts: Any) -> None:
        """Keep nothing."""


class TableLeft(AssertionError):  # noqa: N818 -- named as what happened
    """An answer or a state is not what the table says; the message is a scenario that shows it."""


class Walk:
    """A person on her way through the table, in a world of her own.

    Args:
        circumstance: what else is so where she begins, or nothing.
    """

    def __init__(
        self, table: Table, profile: str, start: tuple[str, str], *, beginnings: Beginnings, runner: asyncio.Runner
    ) -> None:
        self.table = table
        self.profile = profile
        self.start = start
        self.steps = [f"Given the issuer follows the {profile} profile"]
        self.failures: list[int] = []
        # In the order in which they decide.
        self.circumstances = {
            "five sign-ins have failed": self._have_sign_ins_failed,
            "the access token's key is withdrawn": self._is_key_withdrawn,
            "the access token has expired": self._has_token_expired,
            "the account is disabled": self._is_account_disabled,
            "the account is enabled again": self._is_account_enabled,
        }
        self.scene = Scene(InProcessStage(beginnings, runner), Silence())
        self.scene.choose_profile(profile)
        self.state, circumstance = start
        self.steps.append(f"And Ada's session is {self.state}{f' while {circumstance}' if circumstance else ''}")
        self.ada = bring_into(self.scene, "Ada", self.state)
        self.is_disabled = self.state == "revoked"
        if circumstance:
            CIRCUMSTANCES[circumstance](self.scene, self.ada)
            self._learn_circumstance(circumstance)

    def step(self, event: str) -> None:
        """Let an event happen, and hold its answer and the state it leads to against the table.

        Raises:
            TableLeft: the table says otherwise.
        """
        expected = self.table.outcome(self.state, event, self.circumstances)
        self.steps += [
            f'When her session meets "{event}"',
            f"Then the answer is {expected.answer}",
            f"And her session is {expected.next}",
        ]
        answer = meet(self.scene, self.ada, event)
        verdict = NO_ANSWER if answer is None else answer.verdict
        if str(verdict) != expected.answer:
            raise TableLeft(self.told(f"the answer was {verdict}"))
        self._learn(event, verdict)
        state = observe(self.scene, self.ada)
        if state != expected.next:
            raise TableLeft(self.told(f"the session is {state}"))
        self.state = state

    def _have_sign_ins_failed(self) -> bool:
        now = self.scene.target.now()
        return sum(now - failed < FAILURES_WINDOW_SECONDS for failed in self.failures) >= FAILURES_ALLOWED

    def _is_account_disabled(self) -> bool:
        return self.is_disabled

    def _is_account_enabled(self) -> bool:
        return not self.is_disabled

    def _is_key_withdrawn(self) -> bool:
        draft = self.ada.draft
        return draft is not None and draft.key_id not in self.scene.target.signing_key_ids()

    def _has_token_expired(self) -> bool:
        draft = self.ada.draft
        return draft is not None and self.scene.target.now() >= draft.value_of("exp") + LEEWAY_SECONDS

    def told(self, seen: str) -> str:
        """Tell the walk so far as a scenario, every step of it."""
        title = f"Scenario: A session that was {self.start[0]} stays in the table"
        return f"{seen}, not as the table says:\n\n" + "\n  ".join([title, *self.steps])

    def close(self) -> None:
        """Close what the walk opened."""
        self.scene.close()

    def _learn(self, event: str, verdict: Verdict) -> None:
        if event == "sign up":
            self.failures, self.is_disabled = [], False
        if verdict.code == "credentials_invalid":
            self.failures.append(self.scene.target.now())
        self.is_disabled = self.is_disabled or event == "the account is disabled"

    def _learn_circumstance(self, circumstance: str) -> None:
        if circumstance == "five sign-ins have failed":
            self.failures = [self.scene.target.now()] * FAILURES_ALLOWED
        self.is_disabled = {"the account is disabled": True, "the account is enabled again": False}.get(
            circumstance, self.is_disabled
        )
