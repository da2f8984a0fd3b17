"""The origins that scenarios speak of, near a foreign issuer's own as they are near the reference's."""

import ipaddress
from typing import Final

import httpx

from steps.targets.browser import ISSUER
from steps.targets.unseen import Inapplicable

OTHER_PORT: Final = 8443
TWO_NAMES: Final = 2


def translated(written: str, issuer: httpx.URL) -> str:
    """Return the origin that is to this issuer what the written one is to the reference.

    Raises:
        Inapplicable: this issuer's host has no such neighbour.
    """
    own = origin_of(issuer)
    authority = own.partition("://")[2]
    if written == "https://example.test":
        return f"{issuer.scheme}://{_parent(issuer)}"
    near = {
        ISSUER: own,
        f"{ISSUER}/": f"{own}/",
        f"{ISSUER}, null": f"{own}, null",
        # A port that begins with the right one deceives whoever looks at the beginning alone.
        f"{ISSUER}.evil.example": f"{own}0" if issuer.port else f"{own}.evil.example",
        "https://evilapp.example.test": f"{issuer.scheme}://evil{authority}",
        "https://sub.app.example.test": f"{issuer.scheme}://sub.{authority}",
        "http://app.example.test": f"{'https' if issuer.scheme == 'http' else 'http'}://{authority}",
        f"{ISSUER}:{OTHER_PORT}": f"{issuer.scheme}://{issuer.host}:{OTHER_PORT}",
    }
    return near.get(written, written)


def origin_of(url: httpx.URL) -> str:
    """Return the origin of a URL, as a browser writes it. Source: RFC 6454 §6.2."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _parent(issuer: httpx.URL) -> str:
    names = issuer.host.split(".")
    if _is_address(issuer.host) or len(names) <= TWO_NAMES:
        raise Inapplicable(f"{issuer.host} has no parent domain that somebody else could have a page in")
    return ".".join(names[1:])


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
