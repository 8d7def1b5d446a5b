"""As a post of a Hugo site: a page bundle ``content/<section>/<session>-<edition>/index.md``."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from commentary import calendar
from commentary.bundle import Bundle, Receipt
from commentary.errors import PublishError
from commentary.files import write_text
from commentary.settings import BlogSettings, Settings

NAME = "blog"
DESCRIPTION = "a post in the folder of a Hugo site"

_FENCED = re.compile(r"\A\+\+\+\n(?P<matter>.*?\n)\+\+\+\n", re.DOTALL)
_DIGEST = re.compile(r'^digest = "[0-9a-f]*"$', re.MULTILINE)
_SHORTCODE = re.compile(r"\{\{(?=[<%])")


def publish(bundle: Bundle, settings: Settings, now: datetime) -> Receipt:
    """Write the post, beside its place and then renamed; an earlier version of it gives way to a correction.

    Raises PublishError where the site's folder is not there or cannot be written, where the settings are
    wrong, and where the place is taken by a file that this program did not write or that was edited since.
    """
    path = _place(bundle, settings.blog)
    text = compose(bundle, settings, now)
    _refuse_taken(path, bundle)
    try:
        write_text(path, text)
    except OSError as error:
        raise PublishError(f"cannot write the post {path}: {error}") from error
    return Receipt(str(path))


def preview(bundle: Bundle, settings: Settings, now: datetime) -> str:
    """Path, address where the site's is set, and text of what would be written."""
    site = settings.blog.base_url.rstrip("/")
    address = f"{site}/{settings.blog.section}/{_slug(bundle)}/\n" if site else ""
    return f"{_place(bundle, settings.blog)}\n{address}\n{compose(bundle, settings, now)}"


def compose(bundle: Bundle, settings: Settings, now: datetime) -> str:
    """The post: TOML front matter, then the note's Markdown without its own front matter and title.

    Its date is the close of the session, in the site's time zone, so that a correction and a post written
    years later both stand where their session stands; ``lastmod`` is ``now``.
    """
    zone = _zone(settings.blog.timezone)
    matter = {
        "title": bundle.title,
        "date": calendar.close_at(bundle.session).astimezone(zone),
        "lastmod": now.astimezone(zone),
        "slug": _slug(bundle),
        "description": bundle.standfirst,
        "tags": _tags(bundle),
        "draft": settings.blog.draft,
    }
    # Text that happens to look like one of Hugo's shortcodes is text.
    body = _SHORTCODE.sub("&#123;{", bundle.body)
    text = f"+++\n{_toml(matter)}\n[commentary]\n{_toml(_origin(bundle))}+++\n\n{body}"
    return _DIGEST.sub(f'digest = "{_digest(text)}"', text, count=1)


def _origin(bundle: Bundle) -> dict[str, object]:
    """By these lines the program knows a file of its own, and whether it was edited since."""
    session = bundle.session.isoformat()
    return {"session": session, "edition": bundle.edition, "version": bundle.version, "digest": ""}


def _place(bundle: Bundle, settings: BlogSettings) -> Path:
    if settings.folder is None:
        raise PublishError("settings: blog.folder: nothing set; wanted the folder of a Hugo site")
    site = settings.folder
    if not site.is_dir():
        raise PublishError(f"settings: blog.folder: {site} is no folder; wanted the folder of a Hugo site")
    return site / "content" / settings.section / _slug(bundle) / "index.md"


def _slug(bundle: Bundle) -> str:
    return f"{bundle.session.isoformat()}-{bundle.edition}"


def _tags(bundle: Bundle) -> list[str]:
    """The verdict and its tags, in words."""
    names = (str(bundle.verdict["label"]), *map(str, bundle.verdict.get("tags", ())))
    return [name.replace("_", " ") for name in dict.fromkeys(names)]


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        wanted = "a time zone such as America/New_York"
        raise PublishError(f"settings: blog.timezone: got {name!r}; wanted {wanted}") from None


def _toml(keys: Mapping[str, object]) -> str:
    return "".join(f"{key} = {_value(value)}\n" for key, value in keys.items())


def _value(value: object) -> str:
    """A value in TOML 1.0, whose basic strings take JSON's escapes and want DEL escaped too."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _digest(text: str) -> str:
    """Of a whole post, whatever digest it carries."""
    blank = _DIGEST.sub('digest = ""', text, count=1)
    return hashlib.sha256(blank.encode("utf-8")).hexdigest()[:16]


def _refuse_taken(path: Path, bundle: Bundle) -> None:
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        raise PublishError(f"{path} is there and cannot be read: {error}; move it away first") from error
    origin = _found_origin(text)
    if origin is None:
        raise PublishError(f"{path} was not written by this program; move it away first")
    if origin.get("digest") != _digest(text):
        raise PublishError(f"{path} was edited after it was published; move it away first")
    if origin.get("version") != bundle.version and not bundle.correction:
        held = f"holds version {origin.get('version')}; this is version {bundle.version}"
        raise PublishError(f"{path} {held}: publish it with --correction")


def _found_origin(text: str) -> dict[str, Any] | None:
    """What ``_origin`` wrote, where it did."""
    fenced = _FENCED.match(text)
    try:
        origin = tomllib.loads(fenced["matter"]).get("commentary") if fenced else None
    except tomllib.TOMLDecodeError:
        return None
    return origin if isinstance(origin, dict) else None
