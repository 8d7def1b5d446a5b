"""Real Hugo builds what the blog publisher writes."""

from __future__ import annotations

import html
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from commentary.publishers import blog
from commentary.settings import Settings, settings_of
from tests.finished import BODY, bundle

HUGO = shutil.which("hugo")
LAYOUTS = Path(__file__).parents[1] / "data" / "hugo"
NOW = datetime(2024, 8, 5, 22, 15, tzinfo=UTC)

pytestmark = [pytest.mark.peer, pytest.mark.skipif(HUGO is None, reason="hugo is not installed")]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LAYOUTS, tmp_path / "site"))


def build(site: Path) -> Path:
    """The built pages."""
    assert HUGO is not None
    done = subprocess.run(
        [HUGO, "--source", str(site), "--quiet", "--panicOnWarning"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return site / "public"


def settings(site: Path, **changes: object) -> Settings:
    blog_settings = {"folder": str(site), "section": "notes", "timezone": "Asia/Tokyo", **changes}
    return settings_of({"blog": blog_settings})


def test_the_post_is_built_with_title_date_and_body(site: Path, tmp_path: Path) -> None:
    title = 'Monday\'s "sale": 5 % & more, + = − #1 \\ {{ x }}'
    blog.publish(bundle(tmp_path, title=title), settings(site), NOW)
    page = (build(site) / "notes" / "2024-08-05-daily" / "index.html").read_text(encoding="utf-8")
    assert f"<h1>{title}</h1>" in html.unescape(page)
    assert '<time datetime="2024-08-06T05:00:00&#43;09:00">6 August 2024</time>' in page
    assert "<em>forced</em> exit" in page
    assert "<blockquote>" in page
    assert '<td style="text-align:right">5,186.33</td>' in page
    assert 'content="forced exit, carry"' in page
    assert page.count("<h1") == 1


def test_the_feed_lists_the_post(site: Path, tmp_path: Path) -> None:
    blog.publish(bundle(tmp_path), settings(site), NOW)
    feed = ElementTree.parse(build(site) / "index.xml")
    (item,) = feed.iterfind("channel/item")
    assert item.findtext("title") == "Monday sold what Friday spared"
    assert item.findtext("link") == "https://notes.example.com/notes/2024-08-05-daily/"
    assert parsedate_to_datetime(item.findtext("pubDate") or "") == datetime(2024, 8, 5, 20, tzinfo=UTC)


def test_a_correction_replaces_the_page(site: Path, tmp_path: Path) -> None:
    blog.publish(bundle(tmp_path), settings(site), NOW)
    mended = bundle(tmp_path, body=BODY.replace("forced", "chosen"))
    blog.publish(replace(mended, correction=True), settings(site), NOW)
    pages = build(site)
    assert "<em>chosen</em>" in (pages / "notes" / "2024-08-05-daily" / "index.html").read_text(
        encoding="utf-8"
    )
    assert len(list(ElementTree.parse(pages / "index.xml").iterfind("channel/item"))) == 1


def test_a_shortcode_in_a_note_is_shown_not_run(site: Path, tmp_path: Path) -> None:
    blog.publish(bundle(tmp_path, body="The word {{< nosuch >}} stays.\n"), settings(site), NOW)
    page = (build(site) / "notes" / "2024-08-05-daily" / "index.html").read_text(encoding="utf-8")
    assert "The word {{< nosuch >}} stays." in html.unescape(page)


def test_a_draft_is_not_published(site: Path, tmp_path: Path) -> None:
    blog.publish(bundle(tmp_path), settings(site, draft=True), NOW)
    assert not (build(site) / "notes" / "2024-08-05-daily").exists()
