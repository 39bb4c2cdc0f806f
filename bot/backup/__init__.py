"""Backups: taken by command and every night, kept for some days, put back."""
