"""Fetches a calendar from an address: checked, in time, not too large, to no private network."""

from __future__ import annotations

import asyncio
import ssl
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit

from kpbot.channels.addresses import CheckedUrl, RefusedAddress, checked_url

if TYPE_CHECKING:  # imported with the first fetch: start-up time
    import httpx

LONGEST_FETCH = timedelta(seconds=30)
"""With all redirects."""
LARGEST_CALENDAR = 1_000_000
"""Bytes."""
MOST_REDIRECTS = 3
_REDIRECTS = {301, 302, 303, 307, 308}


class NotFetched(Exception):  # noqa: N818 (it is the outcome)
    """There is no calendar to be had; the sentence says why, without the address."""


def looks_like_address(text: str) -> bool:
    """Whether it is an address and no file: webcal: is another word for https:."""
    return text.lower().startswith(("http://", "https://", "webcal://"))


def calendar_address(url: str) -> str:
    """The address as it is called."""
    if url.lower().startswith("webcal://"):
        return urlunsplit(urlsplit(url)._replace(scheme="https"))
    return url


def shown_source(url: str) -> str:
    """What people read as the source: the machine's name alone, for the rest may be a secret."""
    return urlsplit(url).hostname or "feed"


def fetch_calendar(
    url: str, *, allow_private: bool = False, longest: timedelta = LONGEST_FETCH
) -> bytes:
    """What stands at the address; it may be anything. To be called where no loop runs.

    `allow_private`: the address may be in the server's own network. Raises NotFetched.
    """
    return asyncio.run(fetched(url, allow_private=allow_private, longest=longest))


async def fetched(
    url: str, *, allow_private: bool = False, longest: timedelta = LONGEST_FETCH
) -> bytes:
    """The same inside a loop."""
    try:
        async with asyncio.timeout(longest.total_seconds()):
            return await _follow(url, allow_private)
    except RefusedAddress as error:
        raise NotFetched(str(error)) from error
    except TimeoutError as error:
        seconds = longest.total_seconds()
        raise NotFetched(f"It took longer than {seconds:g} seconds.") from error
    except OSError as error:
        raise NotFetched("The name of the machine cannot be resolved.") from error


async def _follow(url: str, allow_private: bool) -> bytes:
    """Every address on the way is checked as the first one is."""
    import httpx  # noqa: PLC0415 (only where a calendar is fetched)

    url = calendar_address(url)
    tls = await asyncio.to_thread(ssl.create_default_context)
    # No proxy and no .netrc from the environment: the call goes to the checked address.
    async with httpx.AsyncClient(verify=tls, trust_env=False, timeout=None) as client:  # noqa: S113 (one limit around it all)
        for _ in range(MOST_REDIRECTS + 1):
            target = await checked_url(url, allow_private=allow_private)
            body, onward = await _ask(client, target)
            if not onward:
                return body
            if target.scheme == "https" and onward.lower().startswith("http://"):
                raise NotFetched("It leads on to an address without encryption.")
            url = urljoin(url, onward)
    raise NotFetched(f"It leads on more than {MOST_REDIRECTS} times.")


async def _ask(client: httpx.AsyncClient, target: CheckedUrl) -> tuple[bytes, str]:
    """What the machine answers: a body, or the address it leads on to. Raises NotFetched."""
    import httpx  # noqa: PLC0415 (only where a calendar is fetched)

    failure: Exception | None = None
    for address in target.addresses:
        host = f"[{address}]" if ":" in address else address
        request = client.build_request(
            "GET",
            f"{target.scheme}://{host}:{target.port}{target.path}",
            headers={
                "Host": target.authority,
                "accept": "text/calendar",
                "accept-encoding": "identity",  # a small body could unfold to a huge one
                "user-agent": "kpbot",
            },
            extensions={"sni_hostname": target.host},
        )
        try:
            return await _answer(client, request)
        except httpx.ConnectError as error:
            failure = error  # the machine may be reached by its next address
        except httpx.HTTPError as error:
            raise NotFetched("The connection broke.") from error
    raise NotFetched("The machine cannot be reached.") from failure


async def _answer(client: httpx.AsyncClient, request: httpx.Request) -> tuple[bytes, str]:
    response = await client.send(request, stream=True, follow_redirects=False)
    try:
        if response.status_code in _REDIRECTS and "location" in response.headers:
            return b"", str(response.headers["location"])
        if response.status_code != 200:
            raise NotFetched(f"The machine answers {response.status_code}.")
        if response.headers.get("content-encoding", "identity") != "identity":
            raise NotFetched("It is compressed, although that was not asked for.")
        body = bytearray()
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > LARGEST_CALENDAR:
                raise NotFetched(f"It is larger than {LARGEST_CALENDAR} bytes.")
        return bytes(body), ""
    finally:
        await response.aclose()
