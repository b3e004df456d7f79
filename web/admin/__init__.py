"""The pages of whoever keeps the articles: a door with a token, and behind it files, index and figures."""
