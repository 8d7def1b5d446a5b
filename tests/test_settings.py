from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import FrozenInstanceError, fields
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from pydantic import BaseModel

from commentary import settings_checks
from commentary.errors import AuthoringError
from commentary.library import shipped_root
from commentary.settings import (
    BlogSettings,
    EmailSettings,
    Settings,
    find_settings,
    library_for,
    load_settings,
    scaffold,
    secret,
)
from commentary.settings_file import SettingsFile

WHOLE = """
source = "bars"
output = "notes"
editions = ["daily", "brief"]
byline = "A. Strategist"
brand = "Desk"
producer = "Example Ltd"
editor = "E. Ditor"
corrections = "corrected in place"
disclosure = "For professionals."
spelling = "uk"
timezone = "Europe/London"
store = "/var/lib/commentary/store"
cache = "~/cache"
archive = "kept"

[email]
host = "mail.example.com"
port = 25
starttls = false
from = "Desk <desk@example.com>"
to = ["a@example.com", "B Reader <b@example.org>"]
reply_to = "editor@example.com"
subject_prefix = "[desk]"
list_unsubscribe = "https://example.com/leave"

[blog]
folder = "../site"
section = "notes/daily"
base_url = "https://example.com/"
draft = true
"""


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMENTARY_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("COMMENTARY_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


def written(folder: Path, text: str) -> Path:
    path = folder / "commentary.toml"
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(folder: Path, text: str) -> dict[str, str]:
    """Key → what was got and wanted."""
    with pytest.raises(AuthoringError) as error:
        load_settings(written(folder, text))
    assert all(problem.file == str(folder / "commentary.toml") for problem in error.value.problems)
    return {problem.key: f"{problem.got}; {problem.wanted}" for problem in error.value.problems}


def test_defaults_without_a_file(tmp_path: Path) -> None:
    settings = find_settings(tmp_path)
    assert settings.source == "yahoo"
    assert settings.output == tmp_path / "output"
    assert settings.editions == ("daily",)
    assert settings.byline is None
    assert settings.store == tmp_path / "data" / "store"
    assert settings.archive == tmp_path / "data" / "archive"
    assert settings.cache == tmp_path / "cache"
    assert settings.email == EmailSettings()
    assert settings.blog == BlogSettings()
    assert settings.folder is None


def test_a_whole_file(tmp_path: Path) -> None:
    written(tmp_path, WHOLE)
    settings = find_settings(tmp_path)
    assert settings.folder == tmp_path.resolve()
    assert settings.source == str(tmp_path / "bars")
    assert settings.output == tmp_path / "notes"
    assert settings.store == Path("/var/lib/commentary/store")
    assert settings.cache == tmp_path / "home" / "cache"
    assert settings.archive == tmp_path / "kept"
    assert settings.spelling == "uk"
    assert settings.email.sender == "Desk <desk@example.com>"
    assert settings.email.to == ("a@example.com", "B Reader <b@example.org>")
    assert settings.email.port == 25
    assert settings.blog.folder is not None
    assert settings.blog.folder.resolve() == tmp_path.parent / "site"
    assert settings.blog.timezone == "Europe/London"
    assert settings.blog.draft


def test_a_folder_of_ones_own_bars_lies_beside_the_file(tmp_path: Path) -> None:
    assert load_settings(written(tmp_path, 'overrides = "own"')).overrides == tmp_path / "own"
    assert find_settings(tmp_path / "elsewhere").overrides is None


def test_a_blog_may_keep_another_time_zone(tmp_path: Path) -> None:
    path = written(tmp_path, 'timezone = "Europe/London"\n[blog]\ntimezone = "Asia/Tokyo"')
    assert load_settings(path).blog.timezone == "Asia/Tokyo"


def test_settings_never_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().byline = "someone"  # type: ignore[misc]


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    found = mistakes(
        tmp_path,
        """
        bylin = "A. Strategist"
        spelling = "gb"
        timezone = "Mars/Olympus"
        editions = ["Daily!"]
        output = 7
        [email]
        port = 70000
        starttls = "yes"
        from = "nobody"
        to = "a@example.com"
        lst_unsubscribe = "x"
        [blog]
        layout = "jekyll"
        base_url = "example.com"
        section = "/posts/"
        """,
    )
    assert set(found) == {
        "bylin", "spelling", "timezone", "editions", "output", "email.port", "email.starttls", "email.from",
        "email.to", "email.lst_unsubscribe", "blog.layout", "blog.base_url", "blog.section",
    }  # fmt: skip
    assert "did you mean 'byline'?" in found["bylin"]
    assert "did you mean 'list_unsubscribe'?" in found["email.lst_unsubscribe"]
    assert "'gb'; 'us' or 'uk'" in found["spelling"]
    assert "'Mars/Olympus'; a time zone such as" in found["timezone"]
    assert "'nobody'; an address such as" in found["email.from"]
    assert "boolean" in found["email.starttls"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("source = ''", "source"),
        ("byline = ' '", "byline"),
        ("editions = []", "editions"),
        ("email = 'x'", "email"),
        ("blog = 3", "blog"),
        ("port = 587", "port"),
        ("[email]\nport = '587'", "email.port"),
        ("[email]\nlist_unsubscribe = 'http://example.com'", "email.list_unsubscribe"),
        ("[blog]\ntimezone = ''", "blog.timezone"),
        ("[colours]\nred = 1", "colours"),
        ("timezone = 2024-08-05", "timezone"),
    ],
)
def test_one_mistake(tmp_path: Path, text: str, key: str) -> None:
    assert set(mistakes(tmp_path, text)) == {key}


@pytest.mark.parametrize("text", ["source = ", "\ufeffsource == 1", "a = 1\na = 2"])
def test_text_that_is_not_toml(tmp_path: Path, text: str) -> None:
    assert "a TOML file" in mistakes(tmp_path, text)["(file)"]


def test_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "commentary.toml"
    path.write_bytes('brand = "Börse"'.encode("latin-1"))
    with pytest.raises(AuthoringError, match="a TOML file in UTF-8"):
        load_settings(path)


@pytest.mark.parametrize("key", ["password", "smtp_password", "api_key", "token", "SECRET"])
def test_a_secret_in_the_file_is_refused_and_not_shown(tmp_path: Path, key: str) -> None:
    with pytest.raises(AuthoringError) as error:
        load_settings(written(tmp_path, f'[email]\nport = "x"\n{key} = "hunter2"\n'))
    assert "hunter2" not in str(error.value)
    assert "COMMENTARY_SMTP_PASSWORD in the environment" in str(error.value)
    assert {problem.key for problem in error.value.problems} == {"email.port", f"email.{key}"}


def test_secrets_come_from_the_environment_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    monkeypatch.setenv("COMMENTARY_SMTP_PASSWORD", "from the environment")
    assert secret("COMMENTARY_SMTP_PASSWORD") == "from the environment"
    monkeypatch.delenv("COMMENTARY_SMTP_PASSWORD")
    assert secret("COMMENTARY_SMTP_PASSWORD") is None


class _KeyringError(Exception):
    pass


def keyring_of(
    monkeypatch: pytest.MonkeyPatch, kept: dict[tuple[str, str], str], broken: bool = False
) -> None:
    def get_password(service: str, name: str) -> str | None:
        if broken:
            raise _KeyringError
        return kept.get((service, name))

    module = ModuleType("keyring")
    vars(module).update(get_password=get_password)
    monkeypatch.setitem(sys.modules, "keyring", module)
    monkeypatch.setitem(sys.modules, "keyring.errors", SimpleNamespace(KeyringError=_KeyringError))


def test_secrets_come_from_the_keyring_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMENTARY_SMTP_PASSWORD", "")
    keyring_of(monkeypatch, {("commentary", "COMMENTARY_SMTP_PASSWORD"): "from the keyring"})
    assert secret("COMMENTARY_SMTP_PASSWORD") == "from the keyring"
    assert secret("COMMENTARY_OTHER") is None
    keyring_of(monkeypatch, {}, broken=True)
    assert secret("COMMENTARY_SMTP_PASSWORD") is None


def test_own_rules_and_templates_overlay_the_shipped_ones(tmp_path: Path) -> None:
    written(tmp_path, "")
    assert library_for(find_settings(tmp_path)).roots == (shipped_root(),)
    (tmp_path / "templates").mkdir()
    assert library_for(find_settings(tmp_path)).roots == (shipped_root(), tmp_path.resolve())


def test_a_folder_without_settings_overlays_nothing(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    assert library_for(find_settings(tmp_path)).roots == (shipped_root(),)


def test_the_card_keeps_what_is_printed() -> None:
    assert Settings(byline="A. Strategist", editor="E. Ditor").printed() == {
        "byline": "A. Strategist",
        "brand": "commentary",
        "producer": "",
        "editor": "E. Ditor",
        "corrections": "",
        "disclosure": "",
        "spelling": "us",
    }


@pytest.mark.parametrize(
    ("read", "kept"),
    [
        (SettingsFile, Settings),
        (SettingsFile.model_fields["email"].annotation, EmailSettings),
        (SettingsFile.model_fields["blog"].annotation, BlogSettings),
    ],
)
def test_what_is_read_is_what_is_kept(read: type[BaseModel], kept: type[Settings]) -> None:
    assert list(read.model_fields) == [
        item.name for item in fields(kept) if (read, item.name) != (SettingsFile, "folder")
    ]
    for item in set(read.model_fields) - {"store", "cache", "archive", "email", "blog"}:
        assert getattr(kept(), item) == read.model_fields[item].default


def test_a_file_that_was_found_right_is_not_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, WHOLE)
    first = load_settings(path)
    with monkeypatch.context() as patch:
        patch.setattr(settings_checks, "checked", None)
        assert load_settings(path) == first
    assert (
        mistakes(tmp_path, WHOLE + "drafts = true\n") == mistakes(tmp_path, WHOLE + "drafts = true\n") != []
    )


def test_settings_are_read_where_no_cache_can_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("COMMENTARY_CACHE", str(tmp_path / "file" / "cache"))
    assert load_settings(written(tmp_path, 'brand = "Desk"')).brand == "Desk"


# ---- The scaffold


def documented(model: type[BaseModel]) -> list[tuple[str, str]]:
    """(key, description) in the file's order, tables after plain keys."""
    found: list[tuple[str, str]] = []
    for name, field in model.model_fields.items():
        nested = field.annotation
        assert field.description, name
        if isinstance(nested, type) and issubclass(nested, BaseModel):
            found += [(f"[{name}]", field.description), *documented(nested)]
        else:
            found.append((field.alias or name, field.description))
    return found


def test_the_scaffold_shows_every_key_with_its_description_commented_out() -> None:
    shown = re.findall(r"^# (.+)\n# (\[?\w+\]?)", scaffold().split("\n\n", 1)[1], re.MULTILINE)
    assert [(key, description) for description, key in shown] == documented(SettingsFile)
    assert tomllib.loads(scaffold()) == {}


def test_the_scaffold_with_every_key_in_use_is_valid(tmp_path: Path) -> None:
    used = re.sub(r"^# (?=\w+ = |\[\w+\]$)", "", scaffold(), flags=re.MULTILINE)
    data = tomllib.loads(used)
    assert set(data) == set(SettingsFile.model_fields)
    settings = load_settings(written(tmp_path, used))
    assert settings.email.to == ("readers@example.com",)
    for name in ("source", "editions", "brand", "spelling", "timezone"):  # shown as they are
        assert getattr(settings, name) == getattr(Settings(), name)
