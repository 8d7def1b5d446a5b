"""The morning after: a note held against what its session reads now.

``printed`` finds the note that readers have, ``again`` reads its session anew, ``figures`` re-shows every figure,
``told`` says what came of it and proposes a correction. Nothing here changes a note, a card or the archive.
"""
