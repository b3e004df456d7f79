"""What a generation of an index says of itself, and what makes two of them the same.

Knows the manifest file, which is written last: a generation that has one is whole. Knows nothing
of how the parts it lists are made.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from index.encoder import EncoderCard
from index.errors import IndexDamaged, IndexMismatch

__all__ = [
    "Manifest",
    "Recipe",
    "digest_code",
    "digest_corpus",
    "measure_files",
    "read_manifest",
    "write_manifest",
]

MANIFEST_FILE = "manifest.json"

SCHEMA = 2
"""Raise it when the files of a generation change in kind or meaning."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that an index follows from: same recipe, same index, on every machine.

    `corpus_digest` is over the files that were read; `ingest_digest` over the code that reads and
    cuts them and the libraries it uses.
    """

    encoder: EncoderCard
    corpus_digest: str
    ingest_digest: str
    without_faq: bool
    schema: int = SCHEMA

    @property
    def version(self) -> str:
        """A short content hash."""
        return _hash(json.dumps(asdict(self), sort_keys=True))[:12]


@dataclass(frozen=True, slots=True)
class Manifest:
    """A recipe, and what came of it.

    `corpus` is the folder that was read, `parameters` the versions and sizes that shaped the
    chunks, `counts` has documents, chunks and spans, and `files` the size in bytes of every file.
    """

    version: str
    recipe: Recipe
    corpus: str
    counts: Mapping[str, int]
    parameters: Mapping[str, str]
    libraries: Mapping[str, str]
    files: Mapping[str, int]


def digest_corpus(files: Iterable[tuple[str, str]]) -> str:
    """Hash a corpus, given the source and the SHA-256 of each of its files, in any order."""
    return _hash("\n".join(f"{sha256} {source}" for source, sha256 in sorted(files)))


def digest_code(package: Path, libraries: Mapping[str, str]) -> str:
    """Hash a package's source and the libraries it reads with: nobody has to raise a number.

    An edit that changes nothing costs a re-reading; vectors are kept all the same.
    """
    sources = [
        f"{path.name}\n{path.read_text(encoding='utf-8')}" for path in sorted(package.glob("*.py"))
    ]
    return _hash("\0".join([*sources, json.dumps(dict(libraries), sort_keys=True)]))


def write_manifest(manifest: Manifest, generation: Path) -> None:
    """Write the file whose presence means that the generation is whole."""
    text = json.dumps(asdict(manifest), indent=1, sort_keys=True, ensure_ascii=False)
    (generation / MANIFEST_FILE).write_text(text + "\n", encoding="utf-8")


def read_manifest(generation: Path) -> Manifest:
    """Read a manifest and check that its files are there; raises `IndexMismatch`/`IndexDamaged`."""
    try:
        fields = json.loads((generation / MANIFEST_FILE).read_text(encoding="utf-8"))
        schema = fields["recipe"]["schema"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(generation, f"{MANIFEST_FILE} cannot be read") from error
    if schema != SCHEMA:
        raise IndexMismatch("schema", SCHEMA, schema)
    try:
        card = EncoderCard(**fields["recipe"].pop("encoder"))
        recipe = Recipe(encoder=card, **fields.pop("recipe"))
        manifest = Manifest(recipe=recipe, **fields)
    except (KeyError, TypeError, AttributeError) as error:
        raise IndexDamaged(generation, f"{MANIFEST_FILE} lacks a field") from error
    if recipe.version != manifest.version:
        raise IndexMismatch("version", recipe.version, manifest.version)
    _check_files(manifest, generation)
    return manifest


def measure_files(generation: Path) -> dict[str, int]:
    """List the size in bytes of every file of a generation, by its path inside."""
    return {
        path.relative_to(generation).as_posix(): path.stat().st_size
        for path in sorted(generation.rglob("*"))
        if path.is_file() and path.name != MANIFEST_FILE and not path.name.endswith(".lock")
    }


def _check_files(manifest: Manifest, generation: Path) -> None:
    for name, size in manifest.files.items():
        try:
            found = (generation / name).stat().st_size
        except OSError:
            raise IndexDamaged(generation, f"{name} is missing") from None
        if found != size:
            raise IndexDamaged(generation, f"{name} has {found} bytes instead of {size}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
