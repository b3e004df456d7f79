"""Vectors to the rows nearest to a query's.

Knows FAISS and unit vectors. Knows nothing of texts, chunks or encoders.
"""

from pathlib import Path

import faiss
import numpy as np

from index.types import Vectors

VECTORS_FILE = "vectors.npy"
GRAPH_FILE = "vectors.hnsw"


class DenseIndex:
    """Inner-product search over unit vectors, one row to a chunk; may be shared by threads."""

    def __init__(self, folder: Path) -> None:
        self.vectors: Vectors = np.load(folder / VECTORS_FILE, mmap_mode="r")

    def search(self, vector: Vectors, k: int) -> list[tuple[int, float]]:
        """Return the k rows nearest to one unit vector with their cosines, by (-cosine, row)."""
        k = min(k, len(self.vectors))
        if k <= 0:
            return []
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        scores, rows = faiss.knn(query, self.vectors, k, metric=faiss.METRIC_INNER_PRODUCT)
        found = zip(rows[0].tolist(), scores[0].tolist(), strict=True)
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

    def score(self, vector: Vectors, rows: list[int]) -> list[float]:
        """Return the cosines of one unit vector with the given rows."""
        if not rows:
            return []
        scores: list[float] = (self.vectors[rows] @ vector.reshape(-1)).tolist()
        return scores


def write_dense(vectors: Vectors, folder: Path) -> None:
    """Write the vectors that `DenseIndex` opens."""
    np.save(folder / VECTORS_FILE, vectors)
