"""``python -m commentary``."""

from commentary.cli import main

main()
