"""Realisation: sentences and tables become Markdown and a page."""
