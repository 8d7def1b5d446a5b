"""The commands, one file a group; loaded when called."""
