"""Saving all that a database holds, and putting it back: what is particular to each engine."""
