"""Microplanning: which words say a message, with every figure traced to its reading."""
