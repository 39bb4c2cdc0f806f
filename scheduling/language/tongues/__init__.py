"""Other languages than English: each is a table of its everyday phrases, put into English.

What is read afterwards is read by the one grammar; titles, names and places stay as written.
A language is added by a table (`german.py`) and its line in `TONGUES`.
"""
