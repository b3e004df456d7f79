"""English as such: figures and amounts, noun phrases, words that point, deny or oppose.

Knows words and values. Knows nothing of questions, documents or scores.
"""
