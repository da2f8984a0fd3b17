"""An ordinary API: Flask and joserfc, plain JSON, no error codes.

pip install flask "joserfc>=1.8" requests
ISSUER=… JWKS_URL=… AUDIENCE=… flask --app flask_joserfc run --port 8080
watchword check api --start "flask --app flask_joserfc run --port {port}" --path /me
"""

import base64
import json
import os
import re
import time
from functools import wraps

import requests
from flask import Flask, g, jsonify, request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey
from joserfc.jws import JWSRegistry

app = Flask(__name__)
claims = jwt.JWTClaimsRegistry(
    leeway=10,
    iss={"essential": True, "value": os.environ["ISSUER"]},
    aud={"essential": True, "value": os.environ["AUDIENCE"]},
    sub={"essential": True},
    exp={"essential": True},
    iat={"essential": True},
)
registry = JWSRegistry(algorithms=["EdDSA"], strict_check_header=False)
cache = {"keys": None, "until": 0.0}


def read_key(entry):
    # One entry that is no usable key must not spoil the others (RFC 7517, section 5).
    try:
        return OKPKey.import_key(entry) if isinstance(entry["kid"], str) and entry["crv"] == "Ed25519" else None
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        return None


def fetch_keys():
    if time.monotonic() > cache["until"]:
        entries = requests.get(os.environ["JWKS_URL"], timeout=3).json()["keys"]
        cache["keys"] = KeySet([key for key in map(read_key, entries) if key is not None])
        cache["until"] = time.monotonic() + 60
    return cache["keys"]


def plain(token):
    # joserfc also reads padding, white space and UTF-16, which RFC 7515 section 5.2 has refused.
    if not re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+", token, re.ASCII):
        raise ValueError("not a token")
    for segment in token.split(".")[:2]:
        json.loads(base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4)).decode("utf-8"))
    return token


def token_required(view):
    @wraps(view)
    def checked(*args, **kwargs):
        scheme, _, value = request.headers.get("Authorization", "").partition(" ")
        try:
            if scheme.lower() != "bearer":
                raise ValueError("no bearer token")
            token = jwt.decode(plain(value.strip()), fetch_keys(), registry=registry)
            claims.validate(token.claims)
            if token.header.get("typ", "").lower().removeprefix("application/") != "at+jwt":
                raise ValueError("not an access token")
        except (JoseError, ValueError, TypeError, AttributeError, RecursionError):
            return jsonify(message="Unauthorized"), 401, {"WWW-Authenticate": "Bearer"}
        g.subject = token.claims["sub"]
        return view(*args, **kwargs)

    return checked


@app.get("/me")
@token_required
def me():
    return jsonify(user=g.subject)
