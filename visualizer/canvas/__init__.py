import os

# Before anybody imports pygame: its greeting on standard output would spoil what a command prints.
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
