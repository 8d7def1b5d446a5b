"""Proof-reading: what the finished note says is read again and held against what was measured."""

from commentary.auditing.audit import audit as audit
from commentary.auditing.proof import Finding as Finding
from commentary.auditing.proof import PhraseText as PhraseText
from commentary.auditing.proof import Proof as Proof
from commentary.auditing.proof import Tabled as Tabled
from commentary.auditing.proof import Vocabulary as Vocabulary
from commentary.auditing.proof import vocabulary_of as vocabulary_of
