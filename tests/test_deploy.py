"""The unit that is shipped and what its README says to do by hand are of one mind."""

from __future__ import annotations

import configparser
import itertools
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from kpbot.settings import Settings

ROOT = Path(__file__).parents[1]
UNIT = ROOT / "deploy" / "kpbot.service"
README = (ROOT / "deploy" / "README.md").read_text("utf-8")
VERIFY = shutil.which("systemd-analyze")


@pytest.fixture
def service() -> configparser.SectionProxy:
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(UNIT.read_text("utf-8"))
    return unit["Service"]


@pytest.fixture
def by_hand() -> list[str]:
    """The words of the line that runs commands as the service."""
    (line,) = re.findall(r"^ +alias kpbot='(.+)'$", README, re.MULTILINE)
    return shlex.split(line)


def test_commands_by_hand_have_the_program_user_and_settings_of_the_service(
    service: configparser.SectionProxy, by_hand: list[str]
) -> None:
    pairs = list(itertools.pairwise(by_hand))
    properties = [f"{name}={service[name]}" for name in ("User", "EnvironmentFile")]
    assert [value for word, value in pairs if word == "-p"] == properties
    assert [value for word, value in pairs if word == "-E"] == service["Environment"].split()
    assert f"{by_hand[-1]} serve" == service["ExecStart"]


def test_the_service_may_write_where_the_desk_writes_the_calendar(
    service: configparser.SectionProxy,
) -> None:
    events = (Settings().shipped_content / "events").relative_to(ROOT)
    place = Path(service["ExecStart"].split()[0]).parents[2] / events
    assert service["ProtectSystem"] == "strict"
    assert str(place) in [each.lstrip("-") for each in service["ReadWritePaths"].split()]
    assert f"chown -R {service['User']}: {place}" in README


def test_the_data_folder_is_the_one_that_systemd_makes(
    service: configparser.SectionProxy,
) -> None:
    folders = dict(each.split("=") for each in service["Environment"].split())
    assert folders == {
        "KPBOT_DATA_DIR": f"/var/lib/{service['StateDirectory']}",
        "KPBOT_CACHE_DIR": f"/var/cache/{service['CacheDirectory']}",
    }


@pytest.mark.skipif(VERIFY is None, reason="no systemd here")
def test_systemd_knows_every_word_of_the_unit(tmp_path: Path) -> None:
    assert VERIFY is not None
    copy = tmp_path / UNIT.name
    text = UNIT.read_text("utf-8").replace("/opt/kpbot/.venv/bin/kpbot", "/bin/true")
    copy.write_text(text, "utf-8")
    done = subprocess.run(
        [VERIFY, "verify", "--man=no", copy], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
