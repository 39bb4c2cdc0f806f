"""Conversation scripts, played through the whole product from the outside."""
