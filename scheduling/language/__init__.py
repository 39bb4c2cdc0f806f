"""What people write, read without a model: time expressions and intents.

`times.find_times(text, now)` finds time expressions; `interpret.interpret(text, context)`
reads a whole message. Both are deterministic, read no clock and never raise on any text.
"""
