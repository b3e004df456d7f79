"""Chunks to a searchable generation on disk."""
