"""Document planning: which messages are said, for which thesis, in what order."""
