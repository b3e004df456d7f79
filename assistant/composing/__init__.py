"""From evidence to the passages that are said, and to the text of an answer without a model.

Knows what goes together in an answer. Knows nothing of how sentences are checked.
"""
