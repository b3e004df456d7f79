"""The writers that can phrase an answer from numbered evidence."""
