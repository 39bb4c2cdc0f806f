"""The kinds of clash, one a file; `scheduling.conflicts` runs them all."""
