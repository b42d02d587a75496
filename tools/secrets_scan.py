"""Looks for secrets in what would be committed; exit status 1 if there is one nobody has judged.

    python tools/secrets_scan.py            # what is new since .secrets.baseline
    python tools/secrets_scan.py --accept   # the baseline holds what is there now: all was judged

Lines may move: a finding is known by its file, its kind and the hash of what was found. Tests hold
invented secrets by the dozen, so there only those count that have the form of a known service's.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from detect_secrets.core.scan import scan_file
from detect_secrets.settings import transient_settings

ROOT = Path(__file__).parents[1]
BASELINE = ROOT / ".secrets.baseline"
LEFT_OUT = ("uv.lock", ".secrets.baseline", "tests/fuzz/corpus/", "src/kpbot/content/data/")
"""Hashes of packages, our own list, noise, and the names of places."""
BINARY = (".png", ".gz", ".ico")
FORMS = (
    *(
        "AWSKeyDetector",
        "AzureStorageKeyDetector",
        "DiscordBotTokenDetector",
        "GitHubTokenDetector",
    ),
    *("GitLabTokenDetector", "MailchimpDetector", "OpenAIDetector", "PrivateKeyDetector"),
    *(
        "PypiTokenDetector",
        "SendGridDetector",
        "SlackDetector",
        "StripeDetector",
        "TwilioKeyDetector",
    ),
)
GUESSES = ("BasicAuthDetector", "KeywordDetector", "TelegramBotTokenDetector", "JwtTokenDetector")
FILTERS = (
    "detect_secrets.filters.allowlist.is_line_allowlisted",
    "detect_secrets.filters.heuristic.is_sequential_string",
    "detect_secrets.filters.heuristic.is_templated_secret",
    "detect_secrets.filters.heuristic.is_indirect_reference",
)


def files() -> list[str]:
    """Everything that is or could be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    every = (name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())
    return [each for each in every if not each.startswith(LEFT_OUT) and not each.endswith(BINARY)]


def found(names: list[str], plugins: tuple[str, ...]) -> set[tuple[str, str, str]]:
    """File, kind and hash of everything these plugins find."""
    chosen: dict[str, Any] = {
        "plugins_used": [{"name": each} for each in plugins],
        "filters_used": [{"path": each} for each in FILTERS],
    }
    with transient_settings(chosen):
        return {
            (name, secret.type, secret.secret_hash)
            for name in names
            for secret in scan_file(str(ROOT / name))
        }


def main() -> int:
    """What is new is printed, without the secret itself."""
    names = files()
    ours = [name for name in names if not name.startswith("tests/")]
    now = found(names, FORMS) | found(ours, GUESSES)
    if "--accept" in sys.argv:
        BASELINE.write_text(json.dumps(sorted(now), indent=1) + "\n", encoding="utf-8")
        return 0
    known = {tuple(each) for each in json.loads(BASELINE.read_text(encoding="utf-8"))}
    new = sorted(now - known)
    for name, kind, _ in new:
        print(f"{name}: this looks like a secret ({kind}).")  # noqa: T201
    print(f"{len(names)} files, {len(now)} findings, {len(new)} of them new.")  # noqa: T201
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main())
