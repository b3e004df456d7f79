"""Which spans speak to a question, how strongly, and whether they suffice.

Knows scores and the verdict. Knows nothing of how an answer is put.
"""
