"""What documents hold side by side and under one another: lists, sections, figures, parallels.

Knows documents. Knows nothing of questions.
"""
