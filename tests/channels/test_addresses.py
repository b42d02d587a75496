"""Which addresses the server itself may call."""

from __future__ import annotations

import pytest

from kpbot.channels.addresses import (
    RefusedAddress,
    check_address,
    checked_form,
    checked_url,
)


@pytest.mark.parametrize(
    "address",
    ["93.184.215.14", "8.8.8.8", "2a00:1450:4001:82a::200e", "64:ff9b::808:808", "::ffff:8.8.8.8"],
)
@pytest.mark.parametrize("allow_private", [True, False])
def test_public_addresses_may_be_called(address: str, *, allow_private: bool) -> None:
    check_address(address, allow_private=allow_private)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "198.18.0.1",
        "::1",
        "fd12:3456::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
    ],
)
def test_private_addresses_may_be_called_only_where_that_is_allowed(address: str) -> None:
    with pytest.raises(RefusedAddress, match="private network"):
        check_address(address, allow_private=False)
    check_address(address, allow_private=True)


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "168.63.129.16",
        "100.100.100.200",
        "192.0.0.192",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "224.0.0.1",
        "ff02::1",
        "0.0.0.0",  # noqa: S104 (refused)
        "::",
        "240.0.0.1",
        "255.255.255.255",
    ],
)
@pytest.mark.parametrize("allow_private", [True, False])
def test_services_of_the_host_are_never_called(address: str, *, allow_private: bool) -> None:
    with pytest.raises(RefusedAddress):
        check_address(address, allow_private=allow_private)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "//example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "https://user@example.org/",
        "https://user:password@example.org/",
        "https://@example.org/",
        "https:///path",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://example.org:port/",
        "https://[::1/",
        "https://example.org\\@127.0.0.1/",
        "https://example.org/\r\nHost: other.example.org",
        "https://exa mple.org/",
        "https://" + "ä" * 70 + ".example.org/",
    ],
)
async def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(RefusedAddress):
        checked_form(url)
    with pytest.raises(RefusedAddress):
        await checked_url(url, allow_private=True)


@pytest.mark.parametrize(
    ("url", "authority", "path"),
    [
        ("http://127.0.0.1", "127.0.0.1", "/"),
        ("https://127.0.0.1:443/a?b=c#d", "127.0.0.1", "/a?b=c"),
        ("HTTPS://127.0.0.1:8443/", "127.0.0.1:8443", "/"),
        ("http://[::1]:8080/x", "[::1]:8080", "/x"),
    ],
)
async def test_a_checked_address_says_where_and_what_to_call(
    url: str, authority: str, path: str
) -> None:
    target = await checked_url(url, allow_private=True)
    assert (target.authority, target.path) == (authority, path)
    assert target.addresses == (target.host,)


def test_a_name_in_any_script_is_ascii_on_the_wire() -> None:
    assert checked_form("https://münchen.example.org/").hostname == "münchen.example.org"
