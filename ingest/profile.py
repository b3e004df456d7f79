"""What a corpus says about itself: its words, its abbreviations, its subject.

Derived from documents alone, at ingest. Knows nothing of any domain and nothing of questions.
"""
