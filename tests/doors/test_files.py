"""Files and addresses that come from elsewhere: content, calendars, names on the command line."""

from __future__ import annotations

import json
import resource
import subprocess
from datetime import date
from pathlib import Path

import pytest

from cli.running import PROGRAM, Kpbot
from kpbot.channels.addresses import RefusedAddress, checked_url
from kpbot.content import strict
from kpbot.content.events_ics import LARGEST, MOST_EVENTS, BadCalendarError, parsed
from kpbot.content.problems import Problem
from kpbot.content.strict import DEEPEST, LARGEST_FILE, MOST_NODES, read

pytestmark = pytest.mark.slow

MEMORY = 1_500_000_000
"""Bytes of address space of the program: a bomb needs more."""


@pytest.fixture
def kpbot(tmp_path: Path) -> Kpbot:
    return Kpbot(tmp_path)


def problems_of(folder: Path, text: str | bytes) -> list[Problem]:
    """What the strict reader says of a file with this in it."""
    path = folder / "file.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found: list[Problem] = []
    read(path, found)
    return found


def laughs(levels: int) -> str:
    """The billion laughs: each line stands ten times in the next."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (laughs(9), "Aliases are not allowed"),
        ("a: &x 1\nb: *x", "Aliases are not allowed"),
        ("a: &x [*x]", "Anchors are not allowed"),
        ("a: !!python/object/apply:os.system [id]", "Tags are not allowed"),
        ("a: !x b", "Tags are not allowed"),
        ("[" * 2000, f"more than {DEEPEST} levels"),
        ("a: " + "{b: " * 100, f"more than {DEEPEST} levels"),
        ("- x\n" * (MOST_NODES + 1), f"more than {MOST_NODES} values"),
        (b"x" * (LARGEST_FILE + 1), f"larger than {LARGEST_FILE} bytes"),
        (b"\xff\xfe", "not UTF-8"),
        ("a: \0", "character that YAML does not allow"),
        ("a: 1\n---\nb: 2", "another"),
        ("", "empty"),
        ("a: 1\na: 2", "stands already"),
        ("<<: {a: 1}\n? [a]\n: b", "key must be a word"),
        ("a: 'x", "This is not YAML"),
    ],
    ids=lambda value: repr(value[:20]),
)
def test_a_content_file_that_means_harm_is_one_sentence(
    tmp_path: Path, text: str | bytes, sentence: str
) -> None:
    assert any(sentence in each.sentence for each in problems_of(tmp_path, text))


def test_a_giant_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    """Sparse, it costs no disk; who read it whole would need its size in memory."""
    path = tmp_path / "giant.yaml"
    with path.open("wb") as file:
        file.truncate(40_000_000_000)
    found: list[Problem] = []
    assert read(path, found) is None
    assert "larger than" in found[0].sentence


def test_a_content_folder_full_of_bombs_is_refused_within_bounds(
    kpbot: Kpbot, tmp_path: Path
) -> None:
    folder = tmp_path / "content"
    (folder / "dialogs" / "intake").mkdir(parents=True)
    (folder / "faq" / "de").mkdir(parents=True)
    (folder / "events").mkdir()
    (folder / "dialogs" / "intake" / "dialog.yaml").write_text(laughs(9))
    (folder / "faq" / "de" / "bomb.yaml").write_text("[" * 2000)
    (folder / "events" / "deep.yaml").write_text("- " * 300 + "x")

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))

    ran = subprocess.run(
        [PROGRAM, "check"],
        capture_output=True,
        text=True,
        check=False,
        env={**kpbot.environment, "KPBOT_CONTENT_DIR": str(folder)},
        preexec_fn=limited,
    )
    assert ran.returncode == 1, ran
    assert "Aliases are not allowed" in ran.stdout
    assert ran.stdout.count("levels deep") >= 2
    assert "Traceback" not in ran.stderr


# calendars of others


def calendar(*lines: str) -> bytes:
    event = ["BEGIN:VEVENT", "UID:a@example.org", "SUMMARY:x", "DTSTART:20270101T100000Z", *lines]
    every = ["BEGIN:VCALENDAR", "VERSION:2.0", *event, "END:VEVENT", "END:VCALENDAR", ""]
    return "\r\n".join(every).encode()


def test_a_calendar_is_read_only_up_to_a_size_and_a_number() -> None:
    for raw, word in (
        (b"x" * (LARGEST + 1), "larger"),
        (b"BEGIN:VEVENT\r\n" * (MOST_EVENTS + 1), "more than"),
        (b"BEGIN:VCALENDAR\r\n" * 30_000, "not an iCalendar"),
        (b"\xff\xfe\0", "not an iCalendar"),
    ):
        with pytest.raises(BadCalendarError, match=word):
            parsed(raw, source="s", today=date(2026, 11, 23), language="de")


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;COUNT=2147483647",
        "FREQ=MINUTELY;UNTIL=99991231T000000Z",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))),
    ],
)
def test_a_rule_without_end_does_not_keep_the_program_busy(
    kpbot: Kpbot, tmp_path: Path, rule: str
) -> None:
    """It is taken in or refused, and listing what is coming ends."""
    folder = tmp_path / "content"
    for name in ("dialogs", "faq"):
        (folder / name).mkdir(parents=True)
    (folder / "events").mkdir()
    (tmp_path / "other.ics").write_bytes(calendar("DTEND:20270101T110000Z", f"RRULE:{rule}"))
    settings = {"KPBOT_CONTENT_DIR": str(folder)}

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (30, 30))

    for command in (["events", "import", str(tmp_path / "other.ics")], ["events", "list"]):
        ran = subprocess.run(
            [PROGRAM, *command],
            capture_output=True,
            text=True,
            check=False,
            env={**kpbot.environment, **settings},
            preexec_fn=limited,
        )
        assert ran.returncode in {0, 1, 2}, (command, ran)
        assert "Traceback" not in ran.stderr, (command, ran)
        assert len(ran.stdout) < 200_000


def test_a_calendars_words_cannot_become_keys_of_ours(kpbot: Kpbot, tmp_path: Path) -> None:
    """What somebody else wrote into their calendar is text in our YAML and nothing else."""
    folder = tmp_path / "content"
    (folder / "events").mkdir(parents=True)
    nasty = 'x"\\n  status: confirmed\\n- uid: fremd\\n  kind: other: !!python/name:os'
    raw = calendar("DTEND:20270101T110000Z", f"DESCRIPTION:{nasty}", f"LOCATION:{nasty}")
    (tmp_path / "other.ics").write_bytes(raw.replace(b"UID:a", b"UID:a\"'&*[]{}|>-"))
    settings = {"KPBOT_CONTENT_DIR": str(folder)}
    ran = kpbot("events", "import", "--json", str(tmp_path / "other.ics"), settings=settings)
    assert len(json.loads(ran.out)["new"]) == 1, ran
    listed = kpbot("events", "list", "--json", settings=settings)
    assert len(listed.lines) == 1
    assert "fremd" not in {each["uid"] for each in listed.lines}


# names on the command line


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "/etc/passwd", "..", "intake/../../x", "-", "\n", "x" * 5000]
)
def test_a_name_of_a_dialog_is_no_path(kpbot: Kpbot, name: str) -> None:
    for command in (["draw", "--", name], ["records", "show", "--", name], ["erase", "--", name]):
        ran = kpbot(*command)
        assert ran.status in {1, 2}, (command, ran)
        assert "root:" not in ran.out + ran.err
        assert "Traceback" not in ran.err


def test_a_file_that_is_none_of_ours_is_one_sentence(kpbot: Kpbot, tmp_path: Path) -> None:
    (tmp_path / "odd").write_bytes(b"\0\xff" * 1000)
    for file in ("/etc/passwd", "/dev/null", str(tmp_path), str(tmp_path / "odd"), "/nowhere"):
        for command in (["events", "import"], ["restore"], ["places", "import", "--gv100"]):
            ran = kpbot(*command, file)
            assert ran.status == 2, (command, file, ran)
            assert "root:" not in ran.out + ran.err
            assert "Traceback" not in ran.err, (command, file, ran)


# addresses


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://017700000001/",
        "http://127.1/",
        "http://0/",
        "http://169.254.169.254/latest/meta-data",
        "http://[fe80::1]/",
        "http://10.0.0.1/",
        "http://192.168.0.1/",
        "http://172.16.0.1/",
        "http://100.64.0.1/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http://user@127.0.0.1/",
        "http://127.0.0.1\\@example.org/",
    ],
)
async def test_the_server_calls_nothing_of_its_own_network(url: str) -> None:
    with pytest.raises(RefusedAddress):
        await checked_url(url, allow_private=False)


def test_the_bounds_are_those_that_were_measured() -> None:
    assert (strict.LARGEST_FILE, strict.DEEPEST, strict.MOST_NODES) == (1_000_000, 20, 50_000)
