"""A question, and the conversation before it, to a cited answer."""
