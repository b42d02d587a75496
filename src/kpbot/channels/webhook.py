"""Events for the operator's own systems: signed POSTs as in Standard Webhooks."""

from __future__ import annotations

import asyncio
import binascii
import json
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from kpbot.channels import NotSent
from kpbot.channels.addresses import CheckedUrl, RefusedAddress, checked_form, checked_url
from kpbot.model import Message, Notification

if TYPE_CHECKING:  # imported with the first message: start-up time
    import httpx

LONGEST_CALL = timedelta(seconds=20)
"""A receiver that takes longer to answer has not answered."""
LONGEST_PAUSE = timedelta(days=1)
"""No receiver can ask for more."""
SHORTEST_SECRET = 24
"""Bytes of a secret, as Standard Webhooks demands."""
GONE = 410


class WebhookChannel:
    """Events to the one address the operator set."""

    name = "webhook"
    repeats_show = False

    def __init__(
        self,
        url: str,
        secret: str,
        clock: Callable[[], datetime],
        *,
        allow_private: bool = False,
        longest: timedelta = LONGEST_CALL,
    ) -> None:
        """`secret`: `whsec_` and 24 to 64 bytes in Base64. Raises ValueError where one is wrong.

        `allow_private`: the address may be in the server's own network.
        """
        checked_form(url)
        self._url = url
        self._secret = key_of(secret)
        self._clock = clock
        self._allow_private = allow_private
        self._longest = longest
        self._tls: ssl.SSLContext | None = None

    async def send(self, address: str, message: Message) -> None:  # noqa: ARG002 (there is one receiver)
        """The receiver has accepted the event. Raises NotSent where it has not.

        A repeat has the same `webhook-id`. No redirect is followed.
        """
        if not isinstance(message, Notification):
            raise NotSent("not_a_notification", never=True)
        try:
            async with asyncio.timeout(self._longest.total_seconds()):
                target = await checked_url(self._url, allow_private=self._allow_private)
                status, pause = await self._post(target, message)
        except RefusedAddress as error:
            raise NotSent("refused_address", never=True) from error
        except TimeoutError as error:
            raise NotSent("TimeoutError", doubtful=True) from error
        except OSError as error:  # the name cannot be resolved now
            raise NotSent(type(error).__name__) from error
        if not 200 <= status < 300:
            never = 300 <= status < 400 or status == GONE
            raise NotSent(f"http_{status}", never=never, retry_after=self._pause(pause))

    async def _post(self, target: CheckedUrl, message: Notification) -> tuple[int, str]:
        """The status of the answer and its Retry-After. Raises NotSent where there is none."""
        import httpx  # noqa: PLC0415 (only where a webhook is configured)

        if self._tls is None:
            self._tls = ssl.create_default_context()
        body = body_of(message)
        headers = {"Host": target.authority, **self._headers(message, body)}
        failure: Exception | None = None
        # No proxy and no .netrc from the environment: the call goes to the checked address.
        async with httpx.AsyncClient(verify=self._tls, trust_env=False, timeout=None) as client:  # noqa: S113 (one limit around it all)
            for address in target.addresses:
                request = client.build_request(
                    "POST",
                    _with_address(target, address),
                    content=body,
                    headers=headers,
                    extensions={"sni_hostname": target.host},
                )
                try:
                    return await _answer(client, request)
                except httpx.ConnectError as error:
                    failure = error  # the machine may be reached by its next address
                except httpx.HTTPError as error:
                    raise NotSent(type(error).__name__, doubtful=True) from error
        raise NotSent("ConnectError") from failure

    def _headers(self, message: Notification, body: str) -> dict[str, str]:
        from standardwebhooks import Webhook  # noqa: PLC0415 (only where a webhook is configured)

        now = self._clock()
        id_ = id_of(message)
        return {
            "content-type": "application/json",
            "user-agent": "kpbot",
            "webhook-id": id_,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(self._secret).sign(id_, now, body),
        }

    def _pause(self, retry_after: str) -> timedelta:
        """How long the receiver asks to be left alone: seconds or a date (RFC 9110, 10.2.3)."""
        if retry_after.isascii() and retry_after.isdigit():
            return min(timedelta(seconds=int(retry_after[:9])), LONGEST_PAUSE)
        try:
            until = parsedate_to_datetime(retry_after)
        except ValueError:
            return timedelta(0)
        if until.tzinfo is None:
            until = until.replace(tzinfo=UTC)
        return min(max(until - self._clock(), timedelta(0)), LONGEST_PAUSE)


def id_of(message: Notification) -> str:
    """The id of the event: the same for every repeat of it, another for every other."""
    named = "\0".join((message.kind, message.reference, message.at.astimezone(UTC).isoformat()))
    return f"msg_{sha256(named.encode()).hexdigest()[:32]}"


def body_of(message: Notification) -> str:
    """The event as JSON text."""
    return json.dumps(
        {
            "type": message.kind,
            "timestamp": message.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "data": {"reference": message.reference, **message.data},
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def key_of(secret: str) -> bytes:
    """The bytes of the secret. Raises ValueError, without the secret, where it is none."""
    try:
        key = binascii.a2b_base64(secret.removeprefix("whsec_"), strict_mode=True)
    except ValueError:
        key = b""
    if not secret.startswith("whsec_") or len(key) < SHORTEST_SECRET:
        raise ValueError("The secret must be whsec_ and at least 24 bytes in Base64.")
    return key


def _with_address(target: CheckedUrl, address: str) -> str:
    host = f"[{address}]" if ":" in address else address
    return f"{target.scheme}://{host}:{target.port}{target.path}"


async def _answer(client: httpx.AsyncClient, request: httpx.Request) -> tuple[int, str]:
    """Only the head of the answer is read: nobody needs the rest, however long it is."""
    response = await client.send(request, stream=True, follow_redirects=False)
    await response.aclose()
    return response.status_code, response.headers.get("retry-after", "")
