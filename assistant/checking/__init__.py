"""What a writer has written, held against the passages it cites.

Knows citations and support. Knows nothing of how passages are found.
"""
