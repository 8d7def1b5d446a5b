"""Data interpretation: the tape of one session goes in, a verdict comes out. Rules are files, not code."""
