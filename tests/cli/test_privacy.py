"""Access and keys, as operators use them on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpbot.app import open_database
from kpbot.cli import common, keeping, privacy
from kpbot.cli.failing import WrongUse
from kpbot.house import House
from kpbot.model import Said
from kpbot.person import Person
from kpbot.settings import Settings, WrongSetting, read_settings
from marks import MARK, PLANTED, enquire, files_with_marks

Output = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The operator's data folder."""
    monkeypatch.setenv("KPBOT_DATA_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def reference(folder: Path, house: House) -> Iterator[str]:
    """Of what Leila sent."""
    person = Person(house, open_database(Settings(data_dir=folder)), "leila", "de")
    yield enquire(person)
    person.leave()


def a_new_key(capsys: Output) -> str:
    capsys.readouterr()
    privacy.new_key()
    return capsys.readouterr().out.strip()


@pytest.mark.parametrize("by", ["reference", "user"])
def test_everything_about_a_person_is_shown(reference: str, capsys: Output, by: str) -> None:
    whom = {"reference": reference, "user": ""} if by == "reference" else {"user": "leila"}
    assert privacy.my_data(**{"reference": "", **whom}, as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["sent"][0]["reference"] == reference
    assert privacy.my_data(**{"reference": "", **whom}, as_json=False) == 0
    text = capsys.readouterr().out
    for planted in PLANTED[:8]:
        assert planted in json.dumps(told, ensure_ascii=False)
        assert planted in text


def test_nobody_is_status_1_and_a_sentence(folder: Path, capsys: Output) -> None:
    open_database(Settings(data_dir=folder)).close()
    assert privacy.my_data(reference="KP-22222", user="", as_json=True) == 1
    assert privacy.my_data(reference="", user="nobody", as_json=True) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "kpbot: Nothing is stored about this person.\n" * 2


@pytest.mark.parametrize(("reference", "user"), [("", ""), ("KP-22222", "leila")])
def test_one_way_to_say_whom(reference: str, user: str) -> None:
    with pytest.raises(WrongUse, match="either a reference or --user"):
        privacy.my_data(reference=reference, user=user, as_json=False)


def test_a_key_is_made_set_and_everything_sealed_under_it(
    folder: Path, reference: str, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping.status(as_json=True)
    clear = json.loads(capsys.readouterr().out)["fields_in_the_clear"]
    assert clear > 20
    first = a_new_key(capsys)
    monkeypatch.setenv("KPBOT_FIELD_KEY", first)
    privacy.rotate_keys()
    assert capsys.readouterr().out.startswith(f"{clear} fields were encrypted anew")
    keeping.status(as_json=True)
    assert json.loads(capsys.readouterr().out)["fields_in_the_clear"] == 0
    assert files_with_marks(folder) == []
    second = a_new_key(capsys)
    assert second.startswith("2:")
    monkeypatch.setenv("KPBOT_FIELD_KEY", f"{second},{first}")
    privacy.rotate_keys()
    privacy.rotate_keys()
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [str(clear), "0"]
    monkeypatch.setenv("KPBOT_FIELD_KEY", second)
    assert keeping.show_record(reference, as_json=False) == 0
    assert MARK in capsys.readouterr().out


def test_without_its_key_a_store_is_not_opened(
    folder: Path, house: House, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPBOT_FIELD_KEY", a_new_key(capsys))
    person = Person(house, open_database(Settings()), "leila", "de")
    person.happen(Said("hallo"))
    person.leave()
    monkeypatch.setenv("KPBOT_FIELD_KEY", a_new_key(capsys).replace("2:", "1:"))
    with pytest.raises(WrongUse, match="key 1 does not open a value"):
        common.database(common.settings())
    monkeypatch.delenv("KPBOT_FIELD_KEY")
    for url in ("", f"sqlite:///{folder / 'kpbot.db'}"):
        with pytest.raises(WrongUse, match="KPBOT_FIELD_KEY holds no key"):
            common.database(common.settings(), url)
    with pytest.raises(WrongUse, match="holds no key; kpbot key new makes one"):
        privacy.rotate_keys()


def test_a_wrong_key_setting_is_told_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPBOT_FIELD_KEY", "1:c2VjcmV0")
    with pytest.raises(WrongSetting, match=r"KPBOT_FIELD_KEY.*holds 6 bytes") as caught:
        read_settings()
    assert "c2VjcmV0" not in str(caught.value)


def test_the_key_is_in_no_text_of_the_settings(
    capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = a_new_key(capsys)
    monkeypatch.setenv("KPBOT_FIELD_KEY", key)
    settings = read_settings()
    assert key not in repr(settings)
    assert key not in str(settings)
    assert key.removeprefix("1:") not in repr(settings.field_keys)
