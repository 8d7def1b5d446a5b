"""What was written, what went out, what it promised and how it was labelled since."""

from commentary.archive.deliver import deliver
from commentary.archive.records import Delivery, EditionRow, Label, PublishedVerdict
from commentary.archive.store import FILE, Archive

__all__ = ["FILE", "Archive", "Delivery", "EditionRow", "Label", "PublishedVerdict", "deliver"]
