"""Slack: slack-bolt at the edge, and nothing of it beyond this package."""
