"""Texts to vectors: order, batching, odd input; and the export that it rests on."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import BertProcessing

from index.build import build_index
from index.encoder import CARD_FILE, Encoder, EncoderDamaged, read_card
from index.export import (
    BUNDLED_NAME,
    BUNDLED_WEIGHTS_SHA256,
    PARITY_FLOOR,
    ExportError,
    digest_model,
    export_encoder,
    export_once,
    link_encoder,
    locate_model,
    parity,
)
from index.store import open_index

ODD = [
    "",
    " ",
    "\n\n",
    "🙂" * 50,
    "a" * 20_000,
    "word " * 3000,
    "\ud800 lone",
    "\x00",
    "日本語のテキスト",
]


def test_rows_are_unit_vectors_in_the_order_of_the_texts(encoder: Encoder) -> None:
    texts = ["A short one.", "A much longer text about bicycles " * 30, "Bread.", "A short one."]
    vectors = encoder.encode(texts)
    assert vectors.shape == (4, encoder.card.dim)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    alone = np.stack([encoder.encode([text])[0] for text in texts])
    assert vectors == pytest.approx(alone, abs=1e-5)
    assert np.array_equal(vectors[0], vectors[3])


def test_meaning_is_nearer_than_wording(encoder: Encoder) -> None:
    asked, near, far = encoder.encode(
        [
            "How do I mend a flat tyre?",
            "Patching a punctured inner tube",
            "Do flat fees mend a tax?",
        ]
    )
    assert asked @ near > asked @ far


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.card.dim)


def test_odd_texts_have_vectors_too(encoder: Encoder) -> None:
    vectors = encoder.encode(ODD)
    assert np.isfinite(vectors).all()
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=12))
def test_the_company_of_a_text_does_not_matter(encoder: Encoder, texts: list[str]) -> None:
    together = encoder.encode(texts)
    for row, text in enumerate(texts):
        assert together[row] @ encoder.encode([text])[0] == pytest.approx(1, abs=1e-4)


def test_a_folder_without_an_export_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderDamaged, match=CARD_FILE):
        Encoder(tmp_path)


def test_a_truncated_export_is_refused(encoder_folder: Path, tmp_path: Path) -> None:
    for path in encoder_folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes()[:1000])
    with pytest.raises(EncoderDamaged, match="cannot be loaded"):
        Encoder(tmp_path)


def test_encoding_imports_no_torch(encoder_folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from index.encoder import Encoder;"
        f"Encoder(Path({str(encoder_folder)!r})).encode(['x']);"
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_the_bundled_model_is_the_original(encoder_folder: Path) -> None:
    source = locate_model(None)
    weights = source / "model.safetensors"
    digest = subprocess.run(["sha256sum", weights], capture_output=True, text=True, check=True)
    assert digest.stdout.split()[0] == BUNDLED_WEIGHTS_SHA256
    card = read_card(encoder_folder)
    assert (card.dim, card.max_length, card.pooling) == (384, 256, "mean_tokens")
    assert card.digest == digest_model(source)


def test_an_export_is_made_once(encoder_folder: Path, encoder_cache: Path) -> None:
    before = (encoder_folder / CARD_FILE).stat().st_mtime_ns
    assert export_once(None, cache=encoder_cache) == encoder_folder
    assert (encoder_folder / CARD_FILE).stat().st_mtime_ns == before


def test_a_linked_encoder_is_complete_in_itself(encoder_folder: Path, tmp_path: Path) -> None:
    link_encoder(encoder_folder, tmp_path / "own")
    assert Encoder(tmp_path / "own").encode(["x"]).shape == (1, 384)


def test_a_model_that_is_nowhere_is_refused_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ExportError, match="not a folder here") as caught:
        export_once("no such/model at all", cache=tmp_path)
    assert "\n" not in str(caught.value)


def test_a_folder_that_holds_no_model_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    model = tmp_path / "model"
    model.mkdir()
    (model / "notes.txt").write_text("nothing")
    with pytest.raises(ExportError, match="no sentence-transformers model") as caught:
        export_encoder(model, tmp_path / "exports" / "one")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "exports").exists()


def write_model(folder: Path, pooling: str) -> None:
    """A two-layer BERT over single letters with random weights, as sentence-transformers saves."""
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"abcdefghijklmnopqrstuvwxyz"]
    words += [f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    tokenizer = Tokenizer(WordPiece({word: i for i, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer()
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.post_processor = BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    (folder / "1_Pooling").mkdir(parents=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    files = {
        "tokenizer_config.json": {
            "tokenizer_class": "BertTokenizer", "pad_token": "[PAD]", "unk_token": "[UNK]",
            "cls_token": "[CLS]", "sep_token": "[SEP]", "model_max_length": 64,
        },
        "config.json": {
            "architectures": ["BertModel"], "model_type": "bert", "vocab_size": len(words),
            "hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2,
            "intermediate_size": 64, "max_position_embeddings": 64, "type_vocab_size": 2,
        },
        "sentence_bert_config.json": {"max_seq_length": 48, "do_lower_case": False},
        "1_Pooling/config.json": {"word_embedding_dimension": 32, f"pooling_mode_{pooling}": True},
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (path, kind) in enumerate([("", "Transformer"), ("1_Pooling", "Pooling")])
        ],
    }  # fmt: skip
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content))
    save_file(random_weights(len(words)), folder / "model.safetensors", {"format": "pt"})


def random_weights(vocabulary: int) -> dict[str, np.ndarray]:
    random = np.random.default_rng(0)
    shapes = {"word": (vocabulary, 32), "position": (64, 32), "token_type": (2, 32)}
    weights = {f"embeddings.{name}_embeddings.weight": shape for name, shape in shapes.items()}
    layer = "encoder.layer.0"
    linear = {f"{layer}.attention.self.{name}": (32, 32) for name in ("query", "key", "value")}
    linear |= {f"{layer}.attention.output.dense": (32, 32), "pooler.dense": (32, 32)}
    linear |= {f"{layer}.intermediate.dense": (64, 32), f"{layer}.output.dense": (32, 64)}
    for name, shape in linear.items():
        weights |= {f"{name}.weight": shape, f"{name}.bias": shape[:1]}
    for name in ("embeddings", f"{layer}.attention.output", f"{layer}.output"):
        weights |= {f"{name}.LayerNorm.{part}": (32,) for part in ("weight", "bias")}
    return {name: random.normal(size=shape).astype("f4") for name, shape in weights.items()}


def test_another_model_of_the_kind_is_exported_too(tmp_path: Path) -> None:
    write_model(tmp_path / "model", "cls_token")
    card = export_encoder(tmp_path / "model", tmp_path / "export")
    assert (card.dim, card.max_length, card.pooling) == (32, 48, "cls_token")
    assert Encoder(tmp_path / "export").encode(["abc", "hello " * 60]).shape == (2, 32)


def test_an_index_keeps_its_encoder_until_another_is_named(
    tmp_path: Path, encoder_cache: Path
) -> None:
    corpus, folder, cache = tmp_path / "corpus", tmp_path / "index", tmp_path / "cache"
    corpus.mkdir()
    (corpus / "a.md").write_text("# Bread\n\nRye makes dense bread.\n")
    write_model(tmp_path / "model", "cls_token")
    build_index(corpus, folder, model=tmp_path / "model", cache=cache)
    shutil.rmtree(tmp_path / "model")
    shutil.rmtree(cache)
    (corpus / "a.md").write_text("# Bread\n\nSpelt makes light bread.\n")
    build_index(corpus, folder, cache=cache)
    assert open_index(folder).encoder.card.name == "model"
    build_index(corpus, folder, model=BUNDLED_NAME, cache=encoder_cache)
    assert open_index(folder).encoder.card.name == BUNDLED_NAME


def test_parity_is_the_least_cosine() -> None:
    same = np.eye(3, dtype=np.float32)
    assert parity(same * 5, same) == pytest.approx(1)
    turned = same.copy()
    turned[1] = [0.0, 0.6, 0.8]
    assert parity(turned, same) == pytest.approx(0.6)
    assert parity(turned, same) < PARITY_FLOOR


def test_a_script_without_a_main_guard_may_export(tmp_path: Path) -> None:
    write_model(tmp_path / "model", "cls_token")
    script = tmp_path / "build.py"
    script.write_text(
        "from pathlib import Path\n"
        "from index.export import export_encoder\n"
        f"print(export_encoder(Path({str(tmp_path / 'model')!r}), Path('made')).dim)\n"
    )
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(path or os.curdir for path in sys.path)}
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=tmp_path,
        env=paths,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "32\n"), done.stderr


def test_a_model_that_cannot_be_loaded_is_refused_in_one_line(tmp_path: Path) -> None:
    write_model(tmp_path / "model", "cls_token")
    (tmp_path / "model" / "model.safetensors").write_bytes(b"torn")
    with pytest.raises(ExportError, match="model") as caught:
        export_encoder(tmp_path / "model", tmp_path / "export")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "export").exists()
