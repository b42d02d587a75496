"""`kpbot serve` as people run it, and somebody who talks to it over HTTP."""

from __future__ import annotations

import json
import re
import secrets
import signal
import subprocess
import time
from collections.abc import Generator, Mapping
from types import TracebackType
from typing import Any

import httpx

from cli.running import PROGRAM, Kpbot

LONGEST_START_SECONDS = 300
"""A first start compiles the FAQ."""
LONGEST_STOP_SECONDS = 10
"""What a supervisor grants after SIGTERM."""


class Served:
    """The running program with the data and settings of a Kpbot."""

    def __init__(
        self, kpbot: Kpbot, *, port: int = 0, settings: Mapping[str, str] | None = None
    ) -> None:
        """It runs and has printed its addresses; port 0: a free one."""
        self._complaints = (kpbot.folder / f"stderr-{secrets.token_hex(4)}").open("w+b")
        self.process = subprocess.Popen(
            [PROGRAM, "serve"],
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            cwd=kpbot.folder,
            env={**kpbot.environment, "KPBOT_PORT": str(port), **(settings or {})},
        )
        assert self.process.stdout is not None
        self.printed = ""
        while "Stop with" not in self.printed:
            line = self.process.stdout.readline().decode()
            assert line, f"it ended with {self.process.wait()}: {self.complaints}"
            self.printed += line
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", self.printed)
        assert found is not None, self.printed
        self.port = int(found[1])
        self.address = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Served:
        """It is ready."""
        deadline = time.monotonic() + LONGEST_START_SECONDS
        while httpx.get(f"{self.address}/readyz", trust_env=False).status_code != 200:
            assert self.process.poll() is None, self.complaints
            assert time.monotonic() < deadline, "it never became ready"
            time.sleep(0.05)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """It has ended, in order if it was not killed before."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(LONGEST_STOP_SECONDS)
            finally:
                self.process.kill()
                self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
        self._complaints.close()

    @property
    def complaints(self) -> str:
        """Everything on standard error so far."""
        self._complaints.seek(0)
        return self._complaints.read().decode()

    def ask_to_stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """The signal has been sent."""
        self.process.send_signal(number)

    def wait(self) -> int:
        """The exit status of a run that was asked to stop."""
        return self.process.wait(LONGEST_STOP_SECONDS)

    def kill(self) -> None:
        """It is gone in the midst of whatever it did."""
        self.process.kill()
        self.process.wait()


class Guest:
    """A program in the place of the browser: it posts events and reads the stream."""

    def __init__(self, address: str, token: str = "", heard: int = 0) -> None:
        """Somebody who begins, or with the token somebody who comes back."""
        self._http = httpx.Client(base_url=address, trust_env=False, timeout=60)
        self.token = token
        self.heard = heard
        self.last: dict[str, Any] = {}

    def close(self) -> None:
        """The connections are closed."""
        self._http.close()

    def again(self, address: str) -> Guest:
        """The same person at another server."""
        self.close()
        guest = Guest(address, self.token, self.heard)
        guest.last = self.last
        return guest

    def say(self, text: str) -> str:
        """The answer to the text."""
        return self._exchange({"say": text})

    def press(self, choice: str) -> str:
        """The answer to a button of the last message."""
        (button,) = [each for each in self.last["buttons"] if each["id"] == choice]
        press = {"question": button["question"], "choice": choice, "turn": self.last["turn"]}
        return self._exchange({"press": press})

    def select(self, *choices: str) -> str:
        """The answer to choices of the last message's multi-select."""
        question = self.last["select"]["question"]
        select = {"question": question, "choices": choices, "turn": self.last["turn"]}
        return self._exchange({"select": select})

    def act(self, event: str | dict[str, Any]) -> str:
        """The answer to an event as `kpbot chat --json` reads it, or to a text."""
        if isinstance(event, str):
            return self.say(event)
        return self.press(event["press"]) if "press" in event else self.select(*event["select"])

    def post(self, event: dict[str, Any]) -> httpx.Response:
        """The event was sent; the answer says whether it was taken."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        body = {"id": secrets.token_hex(16), **event}
        return self._http.post("/api/chat/messages", json=body, headers=headers)

    def listen(self) -> Generator[dict[str, Any], None, None]:
        """What is said from the last message heard on, until the stream ends."""
        headers = {"Authorization": f"Bearer {self.token}"}
        url = f"/api/chat/stream?after={self.heard}"
        with self._http.stream("GET", url, headers=headers) as answer:
            assert answer.status_code == 200, answer.read()
            for line in answer.iter_lines():
                if line.startswith("data: ") and line != "data: {}":
                    yield json.loads(line.removeprefix("data: "))

    def _exchange(self, event: dict[str, Any]) -> str:
        answer = self.post(event)
        assert answer.status_code == 200, answer.text
        self.token = answer.json()["token"]
        stream = self.listen()
        self.last = next(stream)
        self.heard = self.last["id"]
        stream.close()
        return str(self.last["text"])
