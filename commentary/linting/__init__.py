"""What is wrong or doubtful in the bank's words, found without a note.

A mistake stops ``commentary check``; a doubt is counted, and stops it where it is strict.
"""
