"""Tokens of other kinds, in the shape of their own standards, each as near to an access token as such a token gets.

What signs them is the key that signs access tokens, unless the kind is another issuer's or has a key of its own: that
is the worst case, and RFC 8725 section 3.12 asks for rules that hold in it.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from steps.drafts import Draft, encode_segment
from steps.keys import mac
from steps.scene import Person, Scene
from steps.sessions import be_signed_in
from steps.vocabulary import as_json

Kind = Callable[[Scene, Person], Draft]

LOGOUT_EVENT: Final = "http://schemas.openid.net/event/backchannel-logout"


def _digest(text: str) -> str:
    return encode_segment(hashlib.sha256(text.encode()).digest()[:16])


def _id_token(said: Mapping[str, Any]) -> dict[str, Any]:
    """OpenID Connect Core §2."""
    audience = said["client_id"]
    return _standard(said) | {"aud": audience, "azp": audience, "nonce": _digest("nonce"), "auth_time": said["iat"]}


def _logout_token(said: Mapping[str, Any]) -> dict[str, Any]:
    """OpenID Connect Back-Channel Logout §2.4."""
    return _standard(said) | {"aud": said["client_id"], "jti": said["jti"], "events": {LOGOUT_EVENT: {}}}


def _reset_token(said: Mapping[str, Any]) -> dict[str, Any]:
    """Make what many applications send by mail: the account, a purpose, an expiry."""
    return _standard(said) | {"aud": said["iss"], "purpose": "password-reset", "email": "ada.1@example.test"}


def _magic_link(said: Mapping[str, Any]) -> dict[str, Any]:
    """Make a sign-in link's token, which a careless design gives the API as its audience."""
    return _standard(said) | {"aud": said["aud"], "jti": said["jti"], "purpose": "sign-in"}


def _cache(said: Mapping[str, Any]) -> dict[str, Any]:
    """Better Auth's session data, where its cookie cache is signed with the access tokens' key."""
    session = {"id": said["sid"], "userId": said["sub"], "token": _digest("session"), "expiresAt": said["exp"]}
    return _standard(said) | {"aud": "better-auth:session-cache", "session": session, "user": {"id": said["sub"]}}


def _assertion(said: Mapping[str, Any]) -> dict[str, Any]:
    """RFC 7523 §3: a client proves to the issuer who it is."""
    client = said["client_id"]
    return _standard(said) | {"iss": client, "sub": client, "aud": said["iss"], "jti": said["jti"]}


def _presentation(said: Mapping[str, Any]) -> dict[str, Any]:
    """W3C Verifiable Credentials Data Model 1.1 §6.3.1: its audience is the verifier, here the API."""
    shown = {"@context": ["https://www.w3.org/2018/credentials/v1"], "type": ["VerifiablePresentation"]}
    return _standard(said) | {"aud": said["aud"], "jti": said["jti"], "nonce": _digest("nonce"), "vp": shown}


def _disclosing(said: Mapping[str, Any]) -> dict[str, Any]:
    """RFC 9901 §4: digests of claims that are disclosed beside the token."""
    return _standard(said) | {"aud": said["aud"], "_sd_alg": "sha-256", "_sd": [_digest("disclosure")]}


def _standard(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in ("iss", "sub", "sid", "iat", "exp")}


def _access_token(scene: Scene, person: Person) -> Draft:
    if person.draft is None:
        be_signed_in(scene, person.name)
    return person.token


def _reshaped(typ: str, shape: Callable[[Mapping[str, Any]], dict[str, Any]]) -> Kind:
    def make(scene: Scene, person: Person) -> Draft:
        draft = _access_token(scene, person)
        said = {json.loads(name): json.loads(value) for name, value in draft.claims}
        claims, written = shape(said), as_json(typ)
        if claims.get("aud") == said["aud"]:
            # Nothing but its type keeps it from this API.
            written = scene.target.in_its_words(written, member="typ")
        draft.set_header("typ", written)
        draft.claims = [(as_json(name), as_json(value)) for name, value in claims.items()]
        return draft

    return make


def _session_credential(scene: Scene, person: Person) -> Draft:
    be_signed_in(scene, person.name)
    credential = person.browser.credential
    assert credential is not None
    person.draft = scene.target.session_draft(credential)
    return person.draft


def _verification_token(scene: Scene, person: Person) -> Draft:
    """Better Auth's e-mail verification: an address, under the server's secret."""
    draft = _access_token(scene, person)
    said = {"email": person.email, "iat": draft.value_of("iat"), "exp": draft.value_of("exp")}
    draft.header = [(as_json("alg"), as_json("HS256"))]
    draft.claims = [(as_json(name), as_json(value)) for name, value in said.items()]
    draft.sign_with(mac("HS256", b"the secret of the server, 32 or more"))
    return draft


def _staging_token(scene: Scene, person: Person) -> Draft:
    draft = _access_token(scene, person)
    draft.set_claim("iss", as_json("https://staging.example.test"))
    draft.set_header("kid", as_json("staging-1"))
    draft.sign_with(Ed25519PrivateKey.generate().sign)
    return draft


def _with_disclosures(scene: Scene, person: Person) -> Draft:
    draft = _reshaped("dc+sd-jwt", _disclosing)(scene, person)
    disclosure = encode_segment(b'["salt", "given_name", "Ada"]')
    draft.alter(lambda token: f"{token}~{disclosure}~")
    return draft


KINDS: Final[dict[str, Kind]] = {
    "an ID token": _reshaped("JWT", _id_token),
    "a logout token": _reshaped("logout+jwt", _logout_token),
    "a password-reset token": _reshaped("JWT", _reset_token),
    "a magic-link token": _reshaped("JWT", _magic_link),
    "an e-mail verification token": _verification_token,
    "a cookie-cache token": _reshaped("better-auth.session-cache+jwt", _cache),
    "a client assertion": _reshaped("client-authentication+jwt", _assertion),
    "a verifiable presentation": _reshaped("JWT", _presentation),
    "an SD-JWT with a disclosure": _with_disclosures,
    "a session credential": _session_credential,
    "a staging token": _staging_token,
}
