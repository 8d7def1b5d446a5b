"""What was written, what went out and what it promised: editions, phrase uses, threads, deliveries."""

from commentary.archive.deliver import deliver
from commentary.archive.records import Delivery, EditionRow
from commentary.archive.store import FILE, Archive

__all__ = ["FILE", "Archive", "Delivery", "EditionRow", "deliver"]
