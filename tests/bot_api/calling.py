"""A program that calls the server without any library: what is tested is the server alone."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import httpx

from bot_api.api import BotApi

TOKEN = "123:token"  # noqa: S105 (invented)


class Caller:
    """Calls methods with one token."""

    def __init__(self, api: BotApi, token: str = TOKEN) -> None:
        self._http = httpx.Client(
            base_url=f"{api.url}/bot{token}/", trust_env=False, timeout=httpx.Timeout(20)
        )
        self._threads = ThreadPoolExecutor()

    def close(self) -> None:
        """The connections are closed."""
        self._threads.shutdown()
        self._http.close()

    def post(self, method: str, **params: Any) -> httpx.Response:
        """The answer to a JSON body."""
        return self._http.post(method, json=params)

    def form(self, method: str, data: dict[str, str], **files: Any) -> httpx.Response:
        """The answer to an urlencoded body, or to a multipart one if there are files."""
        return self._http.post(method, data=data, files=files or None)

    def call(self, method: str, **params: Any) -> Any:
        """The result."""
        answer = self.post(method, **params).json()
        assert answer["ok"], answer
        return answer["result"]

    def refusal(self, method: str, **params: Any) -> str:
        """The description of a refusal, whose HTTP status equals its code."""
        response = self.post(method, **params)
        answer = response.json()
        assert not answer["ok"], answer
        assert answer["error_code"] == response.status_code
        return str(answer["description"])

    def later(self, method: str, **params: Any) -> Future[httpx.Response]:
        """The answer once it is there."""
        return self._threads.submit(self.post, method, **params)
