"""The HTTP API: what a program may read and ask for in a member's name."""
