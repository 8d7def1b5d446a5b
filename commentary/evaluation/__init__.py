"""Verdicts held against days that were labelled: figures, plain rules, records. Imports only the kernel."""
