"""A message to the plain questions in it, and what each of them asks for.

Knows how English asks. Knows nothing of the turns before, of scores or of answers.
"""
