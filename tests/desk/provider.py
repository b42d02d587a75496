"""The real mock of a login service on loopback, and what can go wrong with one."""

from __future__ import annotations

import json
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server
from werkzeug.test import create_environ
from werkzeug.wrappers import Request, Response

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the mock uses what its library will drop
    import oidc_provider_mock

SECRET = "not-a-secret"  # noqa: S105 (the mock takes any)
Claims = dict[str, Any]


class Provider:
    """The mock, which holds clients to PKCE and may be told to misbehave."""

    def __init__(self) -> None:
        self._mock = oidc_provider_mock.app(require_nonce=True)
        self._challenges: dict[str, str] = {}
        self.key = RSAKey.generate_key(2048, {"kid": "one"}, private=True)
        self.requests: list[str] = []
        self.change: Callable[[Claims], Claims] | None = None
        self.sign: Callable[[Claims], str] | None = None
        self.answers: dict[str, Response] = {}
        self.issuer = ""

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        request = Request(environ)
        self.requests.append(request.path)
        if request.path in self.answers:
            return self.answers[request.path](environ, start)
        if request.path == "/jwks" and (self.change or self.sign):
            keys = KeySet([self.key]).as_dict(private=False)
            return Response(json.dumps(keys), mimetype="application/json")(environ, start)
        if request.path == "/oauth2/token":
            return self._token(request)(environ, start)
        return self._mock(environ, start)

    def _token(self, request: Request) -> Response:
        body = request.get_data()
        request.environ["wsgi.input"] = BytesIO(body)  # the mock reads it too
        form = {key: values[-1] for key, values in parse_qs(body.decode()).items()}
        verifier = form.get("code_verifier", "")
        if self._challenges.pop(form["code"], None) != create_s256_code_challenge(verifier):
            return Response('{"error": "invalid_grant"}', 400, mimetype="application/json")
        if request.authorization is None or request.authorization.password != SECRET:
            return Response('{"error": "invalid_client"}', 401, mimetype="application/json")
        answer = Response.from_app(self._mock, request.environ)
        if self.change is None and self.sign is None:
            return answer
        told = json.loads(answer.get_data())
        claims = jwt.decode(told["id_token"], self._mock_keys(request)).claims
        claims = self.change(claims) if self.change else claims
        told["id_token"] = (self.sign or self.signed)(claims)
        return Response(json.dumps(told), mimetype="application/json")

    def signed(self, claims: Claims) -> str:
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)

    def _mock_keys(self, request: Request) -> KeySet:
        environ = create_environ("/jwks", request.host_url)
        return KeySet.import_key_set(json.loads(Response.from_app(self._mock, environ).get_data()))

    def knows(self, subject: str, **claims: Any) -> None:
        """Somebody the service can confirm."""
        httpx.put(f"{self.issuer}/users/{subject}", json=claims, trust_env=False)

    def confirms(self, address: str, subject: str) -> str:
        """The person has logged in at the address; where the browser is sent back to."""
        query = {key: values[-1] for key, values in parse_qs(urlsplit(address).query).items()}
        assert query["code_challenge_method"] == "S256"
        answer = httpx.post(address, data={"sub": subject}, trust_env=False)
        back: str = answer.headers["location"]
        code = parse_qs(urlsplit(back).query)["code"][0]
        self._challenges[code] = query["code_challenge"]
        return back

    def denies(self, address: str) -> str:
        """The person has said no; where the browser is sent back to."""
        answer = httpx.post(address, data={"action": "deny"}, trust_env=False)
        return str(answer.headers["location"])


@contextmanager
def running() -> Iterator[Provider]:
    """A provider that answers on loopback."""
    provider = Provider()
    server = make_server("localhost", 0, provider, threaded=True)
    provider.issuer = f"http://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
