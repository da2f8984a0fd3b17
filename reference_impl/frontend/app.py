"""The frontend's server as an application: one route, below `/bff`.

Source: OAuth 2.0 for Browser-Based Applications §6.1.
"""

from http import HTTPStatus
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reference_impl.api.problems import new_trace_id, problem
from reference_impl.issuer.cookies import COOKIE_NAME, read_cookie
from reference_impl.issuer.refusals import ANSWERS, Code, SessionMissing

from .policy import Policy

_READING_METHODS = frozenset({"GET", "HEAD"})
_SAME_SITE = frozenset({"same-origin", "none"})
_PASSED_BACK = frozenset({"content-type", "retry-after", "www-authenticate"})


def create_app(
    policy: Policy,
    *,
    to_issuer: httpx.AsyncBaseTransport | None = None,
    to_api: httpx.AsyncBaseTransport | None = None,
) -> Starlette:
    """Build the server.

    Args:
        policy: whom it asks, and for what.
        to_issuer: what the issuer is asked through; None means the network.
        to_api: what the API is asked through; None means the network.
    """
    server = _Server(policy, _client(policy.issuer, to_issuer), _client(policy.api, to_api))
    return Starlette(routes=[Route("/bff/{path:path}", server.answer, methods=["GET", "POST"])])


class _Server:
    def __init__(self, policy: Policy, issuer: httpx.AsyncClient, api: httpx.AsyncClient) -> None:
        self._policy = policy
        self._issuer = issuer
        self._api = api

    async def answer(self, request: Request) -> Response:
        path = f"/{request.path_params['path']}"
        if (request.method, path) not in self._policy.passed_on:
            return self._refuse(Code.NOT_FOUND)
        if self._is_foreign(request):
            return self._refuse(Code.ORIGIN_UNTRUSTED)
        try:
            minted = await self._mint(request)
            if minted.status_code != HTTPStatus.OK:
                return _passed_back(minted, minted)
            answer = await self._call(request, path, minted.json()["access_token"])
        except SessionMissing:
            return self._refuse(Code.SESSION_MISSING)
        except httpx.HTTPError:
            return self._refuse(Code.INTERNAL_ERROR)
        # Refused although minted this moment: the parties are set up apart, which no sign-in would mend.
        return (
            self._refuse(Code.INTERNAL_ERROR)
            if answer.status_code == HTTPStatus.UNAUTHORIZED
            else _passed_back(answer, minted)
        )

    def _is_foreign(self, request: Request) -> bool:
        # A cookie comes with requests of other sites' pages too (§6.1.3.3).
        if request.headers.get("sec-fetch-site", "none") not in _SAME_SITE:
            return True
        return request.method not in _READING_METHODS and request.headers.getlist("origin") != [self._policy.origin]

    async def _mint(self, request: Request) -> httpx.Response:
        headers = {"Cookie": f"{COOKIE_NAME}={read_cookie(request)}", "Origin": self._policy.origin}
        return await self._issuer.post("/api/auth/access-token", json={}, headers=headers)

    async def _call(self, request: Request, path: str, token: str) -> httpx.Response:
        # Of the browser's own headers the API is given one: no cookie, no token of another's making (§6.1.3.6).
        headers = {"Authorization": f"Bearer {token}"}
        body = await request.body()
        if body:
            headers["Content-Type"] = request.headers.get("content-type", "application/json")
        return await self._api.request(request.method, path, content=body or None, headers=headers)

    def _refuse(self, code: Code) -> Response:
        status, title = ANSWERS[code]
        docs_url, headers = self._policy.docs_url, {"Cache-Control": "no-store"}
        return problem(
            code=code, status=status, title=title, docs_url=docs_url, trace_id=new_trace_id(), headers=headers
        )


def _passed_back(answer: httpx.Response, minted: httpx.Response) -> Response:
    headers = {name: value for name, value in answer.headers.items() if name in _PASSED_BACK}
    passed = Response(answer.content, answer.status_code, {**headers, "Cache-Control": "no-store"})
    for cookie in minted.headers.get_list("set-cookie"):
        # The session credential was replaced by its use.
        passed.headers.append("Set-Cookie", cookie)
    return passed


def _client(base_url: str, transport: httpx.AsyncBaseTransport | None) -> httpx.AsyncClient:
    # Without a jar: it would keep one person's cookie, and send it along with the request of the next who brings none.
    jar = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    return httpx.AsyncClient(transport=transport, base_url=base_url, cookies=jar)
