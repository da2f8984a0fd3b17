"""A foreign API that reads from its environment what it trusts, so that it can be started in another way."""

import os
from pathlib import Path
from typing import Final

from steps.targets.leniency import ApiLeniency
from steps.targets.remote_issuer import JWKS_PATH
from steps.targets.remote_issuer_side import IssuerSide
from steps.targets.remote_listener import Listener
from steps.targets.unseen import Inapplicable, NotObserved
from steps.vocabulary import GRANTED, Verdict

LOOPBACK: Final = "127.0.0.1"
TRUSTED: Final = "SSL_CERT_FILE"
"""The variable by which a scenario has an API trust a certificate."""

TRUSTED_BY: Final = (TRUSTED, "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE")
"""How programs are told whose certificates to trust: OpenSSL's, Node's, and those on the library requests."""


class SettableApi(IssuerSide):
    """The part of a foreign API that is about its settings."""

    leniency: ApiLeniency

    _secure: Listener | None = None
    _fetched = 0

    def allow_algorithms(self, *names: str) -> None:
        """Go on only if the API is set up for these."""
        algorithm = self.issuer.mint.algorithm
        if names != (algorithm,):
            otherwise = f"this API was told to accept {algorithm}, not {', '.join(names)}"
            self._setup.require("ALGORITHMS", names, otherwise=otherwise)
        self.leniency.algorithms = frozenset(names)

    def serve_clients(self, *client_ids: str) -> None:
        """Go on only if any client will do."""
        if client_ids:
            self._setup.require("CLIENT_IDS", client_ids, otherwise="this API was not set up for certain clients")

    def deny_keys(self, *key_ids: str) -> None:
        """Go on only if the API can be told to deny these."""
        self._setup.require("DENIED_KEY_IDS", key_ids, otherwise="this API was not set up to deny keys")

    def complaint_about(self, **settings: str) -> str | None:
        """Return what an API prints that ends instead of starting so, or None where it starts."""
        complaint = self._setup.complaint_about(settings)
        self.was_started = True
        return complaint

    def serve_key_set_behind(self, certificate: Path) -> None:
        """Serve the key set over TLS, and start the API anew so that it fetches it there."""
        self._secure = self.issuer.listen_securely(certificate)
        self._fetched = self.issuer.fetches
        is_trusted = os.environ.get(TRUSTED) == str(certificate)
        trust = dict.fromkeys(TRUSTED_BY, str(certificate)) if is_trusted else {}
        self._setup.fetch_keys_at(f"https://{LOOPBACK}:{self._secure.port}{JWKS_PATH}", **trust)

    def trust_proxy(self, party: str) -> None:
        """Go on only if the API runs in production, behind this proxy."""
        if party != "API" or not self._setup.is_in_production:
            super().trust_proxy(party)

    def refuse_insecure(self, seen: Verdict, expected: Verdict) -> None:
        """Judge nothing by a certificate that the API did not look at.

        Raises:
            NotObserved: it fetches its keys elsewhere.
            Inapplicable: it was not told whom to trust in the way its HTTP client wants to be.
        """
        if self._secure is None:
            return
        if self.issuer.fetches > self._fetched:
            raise NotObserved("the API fetches its key set elsewhere than at JWKS_URL")
        if expected == GRANTED and seen != GRANTED and not self._secure.requests:
            raise Inapplicable(f"the API's HTTP client trusts no certificate of {', '.join(TRUSTED_BY)}")

    def close(self) -> None:
        """Take away what was in the way of the key set."""
        if self._secure is not None:
            self._secure.close()
        super().close()
