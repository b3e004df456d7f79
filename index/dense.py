"""Vectors to the rows nearest to a query's.

Knows FAISS and unit vectors. Knows nothing of texts, chunks or encoders.

Up to `FLAT_UP_TO` rows every vector is compared; past that a graph (HNSW, Malkov & Yashunin 2018)
over vectors of 8 bits a number finds candidates, which are then compared exactly. Measured over
vectors of real texts (mixtures of them past 30,000), one thread of a busy machine, 200 queries,
100 rows each; `first 10` is the share of the ten nearest that are found:

    rows      search                    median    recall  first 10   build   memory
    10,000    every vector             0.34 ms     1.000     1.000       -  mapped
    50,000    every vector            10.44 ms     1.000     1.000       -  mapped
    50,000    HNSW, 32 links, 256      0.41 ms      .990      .998    24 s    22 MB
    50,000    IVF, 894 lists, 111      0.33 ms      .976      .992    10 s     8 MB
    100,000   every vector            12.89 ms     1.000     1.000       -  mapped
    100,000   HNSW, 32 links, 128      0.27 ms      .973      .995    66 s    63 MB
    100,000   HNSW, 32 links, 256      0.56 ms      .985      .997    66 s    63 MB
    100,000   IVF, 1264 lists, 158     0.48 ms      .982      .987    26 s    23 MB

The graph loses least of the first ten, which are what is read; embedding 50,000 chunks takes far
longer than linking them.
"""

from pathlib import Path
from typing import Any

import faiss
import numpy as np

from index.types import Vectors

VECTORS_FILE = "vectors.npy"
GRAPH_FILE = "vectors.hnsw"

FLAT_UP_TO = 30_000
"""Rows up to which every vector is compared: some 5 ms at that size, about a query's encoding."""

LINKS = 32
EFFORT_TO_BUILD = 80
EFFORT_TO_SEARCH = 256


class DenseIndex:
    """Inner-product search over unit vectors, one row to a chunk; may be shared by threads."""

    def __init__(self, folder: Path) -> None:
        self.vectors: Vectors = np.load(folder / VECTORS_FILE, mmap_mode="r")
        graph = folder / GRAPH_FILE
        self._graph = _open_graph(graph) if graph.exists() else None

    def search(self, vector: Vectors, k: int) -> list[tuple[int, float]]:
        """Return the k rows nearest to one unit vector with their cosines, by (-cosine, row)."""
        k = min(k, len(self.vectors))
        if k <= 0:
            return []
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        if self._graph is not None:
            _, found = self._graph.search(query, k)
            near = [row for row in found[0].tolist() if row >= 0]
            return _in_order(near, self.score(query, near))
        scores, rows = faiss.knn(query, self.vectors, k, metric=faiss.METRIC_INNER_PRODUCT)
        return _in_order(rows[0].tolist(), scores[0].tolist())

    def score(self, vector: Vectors, rows: list[int]) -> list[float]:
        """Return the cosines of one unit vector with the given rows."""
        if not rows:
            return []
        scores: list[float] = (self.vectors[rows] @ vector.reshape(-1)).tolist()
        return scores


def write_dense(vectors: Vectors, folder: Path) -> None:
    """Write the vectors, and their graph where there are many, that `DenseIndex` opens."""
    np.save(folder / VECTORS_FILE, vectors)
    if len(vectors) > FLAT_UP_TO:
        faiss.write_index(_link(vectors), str(folder / GRAPH_FILE))


def _open_graph(path: Path) -> Any:  # noqa: ANN401  (what faiss reads has no type of its own)
    graph: Any = faiss.read_index(str(path))
    graph.hnsw.efSearch = EFFORT_TO_SEARCH
    return graph


def _link(vectors: Vectors) -> faiss.IndexHNSWSQ:
    bits: Any = faiss.ScalarQuantizer.QT_8bit
    graph = faiss.IndexHNSWSQ(vectors.shape[1], bits, LINKS, faiss.METRIC_INNER_PRODUCT)
    graph.hnsw.efConstruction = EFFORT_TO_BUILD
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)  # with several, the links depend on which is quicker
    try:
        graph.train(vectors)
        graph.add(vectors)
    finally:
        faiss.omp_set_num_threads(threads)
    return graph


def _in_order(rows: list[int], scores: list[float]) -> list[tuple[int, float]]:
    return sorted(zip(rows, scores, strict=True), key=lambda hit: (-hit[1], hit[0]))
