"""Errors to be planted in finished notes, by class, and the notes to plant them in."""
