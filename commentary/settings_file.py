"""The keys of ``commentary.toml``, each with its description. Loaded when a file is held to account."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class EmailFile(_Table):
    """``[email]``: the mail server and the message's headers."""

    host: str = Field("", description="Mail server that takes the message.")
    port: int = Field(587, ge=1, le=65535, description="Port of the mail server.")
    starttls: bool = Field(True, description="Encrypt the connection; a user name is never sent without.")
    username: str = Field("", description="User name; its password is COMMENTARY_SMTP_PASSWORD.")
    sender: str = Field("", alias="from", description="Sender, with or without a name.")
    to: tuple[str, ...] = Field((), description="Recipients.")
    reply_to: str = Field("", description="Where answers go, if not to the sender.")
    subject_prefix: str = Field("", description="Put before the title in the subject.")
    list_unsubscribe: str = Field("", description="Address to leave the list: https://… or mailto:….")


class BlogFile(_Table):
    """``[blog]``: the site that posts are written into."""

    folder: Path | None = Field(None, description="Folder of the site.")
    layout: Literal["hugo"] = Field("hugo", description="How the site's posts are laid out.")
    section: str = Field("posts", description="Folder below content/ that takes the posts.")
    timezone: str = Field("America/New_York", description="Time zone of the dates; else the top-level one.")
    base_url: str = Field("", description="Address of the site, https://….")
    draft: bool = Field(False, description="Write posts as drafts.")


class SettingsFile(_Table):
    """Everything that a user decides: the keys of the file, described."""

    source: str = Field("yahoo", description="Market data: yahoo, store, episodes, or a folder of bars.")
    output: Path = Field(Path("output"), description="Folder that finished notes are written to.")
    editions: tuple[str, ...] = Field(
        ("daily",), min_length=1, description="Editions to write: daily, brief."
    )
    byline: str | None = Field(None, description="Who signs: notes then say my read, else the read.")
    brand: str = Field("commentary", description="Name at the head of the page.")
    producer: str = Field("", description="Who answers for the notes, named in the disclosure.")
    editor: str = Field("", description="Editor, if any, named in the disclosure.")
    corrections: str = Field("", description="Corrections policy, printed in the disclosure.")
    disclosure: str = Field("", description="Text added to the disclosure.")
    spelling: Literal["us", "uk"] = Field("us", description="American or British spelling.")
    timezone: str = Field("America/New_York", description="Time zone of publishing.")
    store: Path = Field(Path("store"), description="Folder of fetched bars.")
    overrides: Path | None = Field(
        None, description="Folder of bars of your own that go over the store's, day by day."
    )
    requests_a_second: float = Field(4.0, gt=0, le=1000, description="Requests to Yahoo a second, at most.")
    cache: Path = Field(Path("cache"), description="Folder of what can be made again.")
    archive: Path = Field(Path("archive"), description="Folder of published notes and threads.")
    email: EmailFile = Field(default_factory=EmailFile, description="Publishing by mail.")
    blog: BlogFile = Field(default_factory=BlogFile, description="Publishing on a site.")
