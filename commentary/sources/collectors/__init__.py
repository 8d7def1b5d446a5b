"""Collectors, each a module of its own: see ``commentary.sources.collecting``."""
