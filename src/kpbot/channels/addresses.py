"""Addresses on the web that the server itself may call: none of its own network by mistake.

A name is resolved once, every address it stands for is checked, and the call goes to the very
address that was checked: a name that points elsewhere a moment later gains nothing.
"""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

_METADATA = {
    IPv4Address("168.63.129.16"),  # Azure
    IPv4Address("100.100.100.200"),  # Alibaba
    IPv4Address("192.0.0.192"),  # Oracle
    IPv6Address("fd00:ec2::254"),  # AWS
}
"""Services of hosts for their own machines that are not link-local."""
_TRANSLATED = IPv6Network("64:ff9b::/96")
_PORTS = {"http": 80, "https": 443}


class RefusedAddress(ValueError):  # noqa: N818 (it is a sentence for the operator)
    """The server must not call this address; the sentence says why, without the address."""


@dataclass(frozen=True, slots=True)
class CheckedUrl:
    """An address that may be called, with the checked addresses of its machine, in order."""

    scheme: str
    host: str
    """The name, in ASCII: for the Host header and the certificate."""
    port: int
    path: str
    """Path and query."""
    addresses: tuple[str, ...]

    @property
    def authority(self) -> str:
        """What the Host header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


async def checked_url(url: str, *, allow_private: bool) -> CheckedUrl:
    """The address, resolved and checked.

    `allow_private`: also this machine and its network, never the services of the host. Raises
    RefusedAddress where it must not be called, OSError where its name cannot be resolved now.
    """
    parts = checked_form(url)
    host = _ascii(parts.hostname or "")
    port = parts.port or _PORTS[parts.scheme]
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = tuple(dict.fromkeys(str(each[4][0]) for each in found))
    for address in addresses:
        check_address(address, allow_private=allow_private)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return CheckedUrl(parts.scheme, host, port, path, addresses)


def checked_form(url: str) -> SplitResult:
    """The parts of the address. Raises RefusedAddress where it is no plain web address."""
    if not url.isprintable() or " " in url or "\\" in url:
        raise RefusedAddress("A web address holds no spaces, backslashes or control characters.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise RefusedAddress("The web address cannot be read.") from None
    if parts.scheme not in _PORTS:
        raise RefusedAddress("A web address begins with https:// or http://.")
    if "@" in parts.netloc:
        raise RefusedAddress("A web address holds no user name and no password.")
    if not parts.hostname or port == 0:
        raise RefusedAddress("A web address names a machine, and a port above 0 or none.")
    _ascii(parts.hostname)
    return parts


def check_address(text: str, *, allow_private: bool) -> None:
    """Raises RefusedAddress where the server must not connect to this IP address."""
    address = _inner(ip_address(text))
    if address in _METADATA or address.is_link_local:
        raise RefusedAddress("The address is a service of the host, such as its metadata.")
    reserved = address.is_reserved and not address.is_loopback  # all of ::/8 is, with ::1
    if address.is_multicast or address.is_unspecified or reserved:
        raise RefusedAddress("The address is not that of one machine.")
    if not allow_private and not address.is_global:
        raise RefusedAddress("The address is in a private network.")


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address only wraps: mapped, 6to4, Teredo, translated."""
    if isinstance(address, IPv4Address):
        return address
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else address)


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        raise RefusedAddress("The name of the machine cannot be one.") from None
