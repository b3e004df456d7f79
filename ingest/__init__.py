"""Files to documents to chunks: reading, structure, spans."""
