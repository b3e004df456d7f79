"""A question and the turns before it to one that stands alone.

Knows conversations. Knows nothing of what the articles answer.
"""
