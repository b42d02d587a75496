"""Where somebody goes who has logged in: only to a page of the desk."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

HOME = "/desk"
LOGIN = "/desk/login"
_LONGEST = 500
_PATH = re.compile(r"/desk(?:[/?][A-Za-z0-9\-._~!$&'()*+,;=:@%/?]*)?")
"""Printable, without backslash, blank and fragment: browsers read those in their own ways."""


def local_target(wanted: str) -> str:
    """The wanted page, if it is one of the desk and not of logging in; else its first page."""
    if len(wanted) > _LONGEST or not _PATH.fullmatch(wanted):
        return HOME
    path = urlsplit(wanted).path.lower()
    steps = path.replace("%2e", ".").split("/")
    if {".", ".."} & set(steps) or any(odd in path for odd in ("//", "%2f", "%5c")):
        return HOME
    if path == LOGIN or path.startswith((f"{LOGIN}/", "/desk/oidc", "/desk/logout")):
        return HOME
    return wanted
