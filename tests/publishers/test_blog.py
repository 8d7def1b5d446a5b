"""Posts for a Hugo site: their front matter, and whose files are overwritten."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from commentary.bundle import Bundle
from commentary.errors import PublishError
from commentary.publishers import blog
from commentary.settings import Settings, settings_of
from tests.finished import BODY, bundle

NOW = datetime(2024, 8, 5, 22, 15, tzinfo=UTC)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


def settings(site: Path, **changes: object) -> Settings:
    return settings_of({"blog": {"folder": str(site), "section": "notes", **changes}})


def matter(post: str) -> dict[str, Any]:
    """Front matter of a post as TOML reads it."""
    opening, text, _ = post.split("+++\n", 2)
    assert opening == ""
    return tomllib.loads(text)


def test_a_note_becomes_a_page_bundle(site: Path, tmp_path: Path) -> None:
    note = bundle(tmp_path)
    receipt = blog.publish(note, settings(site), NOW)
    path = site / "content" / "notes" / "2024-08-05-daily" / "index.md"
    assert receipt.place == str(path)
    post = path.read_text(encoding="utf-8")
    assert post.endswith(f"+++\n\n{BODY}")
    assert matter(post) == {
        "title": "Monday sold what Friday spared",
        "date": datetime(2024, 8, 5, 20, 0, tzinfo=UTC),
        "lastmod": NOW,
        "slug": "2024-08-05-daily",
        "description": 'Utilities fell further than chips. The "safe" trades* were sold as well.',
        "tags": ["forced exit", "carry"],
        "draft": False,
        "commentary": {
            "session": "2024-08-05",
            "edition": "daily",
            "version": note.version,
            "digest": matter(post)["commentary"]["digest"],
        },
    }
    assert [entry.name for entry in path.parent.iterdir()] == ["index.md"]


@pytest.mark.parametrize(
    ("session", "zone", "shown"),
    [
        # New York closes at 16:00, 13:00 on a half day. Summer time 2024: New York from 10 March to
        # 3 November, London and Berlin from 31 March to 27 October; Tokyo and Kolkata have none.
        (date(2024, 3, 8), "America/New_York", "2024-03-08T16:00:00-05:00"),
        (date(2024, 3, 11), "America/New_York", "2024-03-11T16:00:00-04:00"),
        (date(2024, 3, 11), "Europe/London", "2024-03-11T20:00:00+00:00"),
        (date(2024, 4, 1), "Europe/London", "2024-04-01T21:00:00+01:00"),
        (date(2024, 10, 28), "Europe/Berlin", "2024-10-28T21:00:00+01:00"),
        (date(2024, 11, 4), "Europe/Berlin", "2024-11-04T22:00:00+01:00"),
        (date(2024, 8, 5), "Asia/Tokyo", "2024-08-06T05:00:00+09:00"),
        (date(2024, 8, 5), "Asia/Kolkata", "2024-08-06T01:30:00+05:30"),
        (date(2024, 8, 5), "UTC", "2024-08-05T20:00:00+00:00"),
        (date(2024, 11, 29), "America/New_York", "2024-11-29T13:00:00-05:00"),
    ],
)
def test_the_date_is_right_in_every_zone(
    site: Path, tmp_path: Path, session: date, zone: str, shown: str
) -> None:
    note = replace(bundle(tmp_path), session=session)
    assert f"\ndate = {shown}\n" in blog.compose(note, settings(site, timezone=zone), NOW)


LINE = st.text(st.characters(exclude_categories=("Cs",)), max_size=80)


@tries(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(title=LINE, standfirst=LINE)
def test_any_title_survives_quoting(site: Path, tmp_path: Path, title: str, standfirst: str) -> None:
    note = replace(bundle(tmp_path), title=title, standfirst=standfirst)
    blog.publish(replace(note, correction=True), settings(site), NOW)
    path = site / "content" / "notes" / "2024-08-05-daily" / "index.md"
    read = matter(path.read_bytes().decode("utf-8"))
    assert (read["title"], read["description"]) == (title, standfirst)


def test_what_looks_like_a_shortcode_is_text(site: Path, tmp_path: Path) -> None:
    note = bundle(tmp_path, body="A {{< figure >}} and {{% other %}} and {{ this }}.\n")
    post = blog.compose(note, settings(site), NOW)
    assert post.endswith("A &#123;{< figure >}} and &#123;{% other %}} and {{ this }}.\n")


def test_the_same_post_may_be_written_again(site: Path, tmp_path: Path) -> None:
    note = bundle(tmp_path)
    first = Path(blog.publish(note, settings(site), NOW).place).read_text()
    second = Path(blog.publish(note, settings(site), NOW).place).read_text()
    assert first == second


def test_a_correction_keeps_its_date_and_place(site: Path, tmp_path: Path) -> None:
    blog.publish(bundle(tmp_path), settings(site), NOW)
    mended = bundle(tmp_path, body="Mended.\n")
    with pytest.raises(PublishError, match=r"holds version .* --correction"):
        blog.publish(mended, settings(site), NOW)
    later = NOW + timedelta(days=3)
    receipt = blog.publish(replace(mended, correction=True), settings(site), later)
    post = Path(receipt.place).read_text()
    assert post.endswith("Mended.\n")
    assert matter(post)["date"] == datetime(2024, 8, 5, 20, 0, tzinfo=UTC)
    assert matter(post)["lastmod"] == later


@pytest.mark.parametrize(
    "text",
    ["my own post\n", '+++\ntitle = "mine"\n+++\ntext\n', "+++\nbroken\n+++\n", "---\na: x\n---\n"],
)
def test_a_file_of_somebody_else_is_left_alone(site: Path, tmp_path: Path, text: str) -> None:
    path = site / "content" / "notes" / "2024-08-05-daily" / "index.md"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    for note in _both(bundle(tmp_path)):
        with pytest.raises(PublishError, match="was not written by this program"):
            blog.publish(note, settings(site), NOW)
    assert path.read_text() == text


def test_a_post_edited_by_hand_is_left_alone(site: Path, tmp_path: Path) -> None:
    path = Path(blog.publish(bundle(tmp_path), settings(site), NOW).place)
    path.write_text(path.read_text() + "An editor's word.\n")
    for note in _both(bundle(tmp_path)):
        with pytest.raises(PublishError, match="was edited after it was published"):
            blog.publish(note, settings(site), NOW)
    assert path.read_text().endswith("An editor's word.\n")


def test_a_folder_that_cannot_be_written_is_named(site: Path, tmp_path: Path) -> None:
    (site / "content").write_text("a file where a folder should be")
    with pytest.raises(PublishError, match=r"2024-08-05-daily"):
        blog.publish(bundle(tmp_path), settings(site), NOW)


def test_a_wrong_setting_is_named(site: Path, tmp_path: Path) -> None:
    note = bundle(tmp_path)
    with pytest.raises(PublishError, match=r"blog\.folder: nothing set"):
        blog.publish(note, settings_of({}), NOW)
    with pytest.raises(PublishError, match=r"blog\.folder: .*nowhere is no folder"):
        blog.publish(note, settings(site / "nowhere"), NOW)
    with pytest.raises(PublishError, match=r"blog\.timezone: got 'Mars/Base'"):
        blog.publish(note, settings(site, timezone="Mars/Base"), NOW)


def test_a_preview_writes_nothing(site: Path, tmp_path: Path) -> None:
    shown = blog.preview(bundle(tmp_path), settings(site), NOW)
    place = f"{site}/content/notes/2024-08-05-daily/index.md\n"
    assert shown.startswith(f"{place}\n+++\n")
    named = blog.preview(bundle(tmp_path), settings(site, base_url="https://example.com/"), NOW)
    assert named.startswith(f"{place}https://example.com/notes/2024-08-05-daily/\n\n+++\n")
    assert shown.endswith(BODY)
    assert list(site.iterdir()) == []


def _both(note: Bundle) -> tuple[Bundle, Bundle]:
    return note, replace(note, correction=True)
