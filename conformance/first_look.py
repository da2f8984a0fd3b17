"""The first look at an API: what must be true before any refusal means something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from conformance.errors import BadInvocation, NeverAnswered, Unfit
from steps.targets.messages import bearer
from steps.targets.remote import TRIED_SUBJECT
from steps.targets.remote_answer import find_subject, read
from steps.targets.remote_time import GAP_SECONDS
from steps.targets.remote_wire import NoAnswer, send
from steps.targets.unseen import Unseen

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence

    from conformance.moved_clock import MovedClock
    from steps.targets.remote_backend import Backend
    from steps.targets.remote_issuer import RemoteIssuer


class FirstLook:
    """Presents good tokens: one must be accepted, now and later, or no refusal means anything."""

    def __init__(self, backend: Backend, issuer: RemoteIssuer, runner: asyncio.Runner) -> None:
        self._backend = backend
        self._issuer = issuer
        self._runner = runner

    def look(self) -> None:
        """Present a good token.

        Raises:
            CheckError: it is not accepted; the message says what is likely wrong.
        """
        url = self._backend.url
        try:
            answer = self._present()
        except NoAnswer as error:
            raise NeverAnswered(f"{url} never answered: {error}") from None
        status = answer.status_code
        if answer.is_redirect:
            raise BadInvocation(f"{url} redirects to {answer.headers.get('location')} — give --path the final address")
        if status == httpx.codes.NOT_FOUND:
            raise BadInvocation(f"{url} is not there (404) — give --path a route that asks for a token")
        if not answer.is_success:
            raise Unfit(f"{url} answered a good token with {status}, so its refusals mean nothing — {self._guess()}")

        self._look_for_subject(answer)
        if "html" in answer.headers.get("content-type", "") and self._opens_to_anybody():
            raise BadInvocation(
                f"{url} answers a page of HTML, with a token and without — is this a route that asks for one?"
            )

    def _look_for_subject(self, answer: httpx.Response) -> None:
        pointer = self._backend.subject_pointer
        try:
            find_subject(read(answer).body, pointer)
        except AssertionError:
            raise BadInvocation(
                f"{self._backend.url} names nobody at {pointer} in its answer: {' '.join(answer.text.split())[:200]} — "
                "correct --subject-pointer"
            ) from None
        except Unseen:
            return

    def look_for_defect(self) -> None:
        """See whether the route that is to fail does so.

        Raises:
            BadInvocation: it does not.
        """
        if self._backend.defect_path is None:
            return
        url = self._backend.url.copy_with(raw_path=self._backend.defect_path.encode())
        status = self._present(url=url).status_code
        if status < httpx.codes.INTERNAL_SERVER_ERROR:
            raise BadInvocation(
                f"{url} answered a good token with {status}: that is no defect — give --defect-path a route that raises"
            )

    def look_at_clock(self, clock: MovedClock) -> None:
        """See whether the API feels that its clock is moved.

        Raises:
            BadInvocation: it does not.
        """
        long_dead, alive = self._token(GAP_SECONDS), self._token()
        clock.move(GAP_SECONDS)
        if self._present(alive).is_success and not self._present(long_dead).is_success:
            raise BadInvocation(
                "the API does not feel that its clock was moved, and lets in a token that has expired by it — either "
                "it read the time once and goes on with that, so that no token expires while it runs; or libfaketime "
                "does not reach it, as it reaches no program that asks the kernel itself for the time (Go, and what is "
                "linked statically): then leave --move-clock away"
            )
        if self.sign_of_life() is not None:
            raise BadInvocation(
                "the API refuses a good token once its clock is moved — does it ask somebody else for the time? Leave "
                "--move-clock away"
            )

    def opens_own_account(self) -> bool:
        """Say whether the route of an account answers its owner, who may be nobody that this API has heard of."""
        path = self._backend.account_of(TRIED_SUBJECT)
        return path is not None and self._present(url=self._backend.url.copy_with(raw_path=path.encode())).is_success

    def _opens_to_anybody(self) -> bool:
        return self._runner.run(send(httpx.Request("GET", self._backend.url))).is_success

    def lets_in_by_proxy(self) -> bool:
        """Say whether a good token is let in that is said to have come over HTTPS."""
        try:
            return self._present(said=[(b"X-Forwarded-Proto", b"https")]).is_success
        except NoAnswer:
            return False

    def sign_of_life(self) -> str | None:
        """Present a good token, and return a sentence where that fails."""
        try:
            answer = self._present()
        except NoAnswer as error:
            return f"The API is gone: {error}."
        if not answer.is_success:
            return f"The API refused a token that must still work, with {answer.status_code}."
        return None

    def _guess(self) -> str:
        if not self._issuer.has_been_asked:
            return f"it never asked for our keys: is JWKS_URL ({self._issuer.url}) wired?"
        mint = self._issuer.mint
        return (
            f'does it expect iss "{mint.issuer}", aud "{mint.audience}", alg {mint.algorithm}, typ {mint.token_type}? '
            "Is its clock right, and in UTC?"
        )

    def _token(self, age_seconds: int = 0) -> str:
        return self._issuer.mint.mint(TRIED_SUBJECT, now=int(self._issuer.clock()) - age_seconds)

    def _present(
        self, token: str | None = None, *, url: httpx.URL | None = None, said: Sequence[tuple[bytes, bytes]] = ()
    ) -> httpx.Response:
        name, value = bearer(token or self._token())
        request = httpx.Request("GET", url or self._backend.url, headers=[(name.encode(), value), *said])
        return self._runner.run(send(request))
