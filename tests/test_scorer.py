"""The learned scorer: its runtime on a tiny graph, the made pairs, and what the shipped one knows."""

import json
import zlib
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing

from assistant.ranking.scorer import (
    CARD_FILE,
    GRAPH_FILE,
    SHIPPED,
    TOKENIZER_FILE,
    Scorer,
    ScorerDamaged,
    load_scorer,
)
from eval.scorer import asked, faqs, squad
from eval.scorer.made_statements import made_pairs
from eval.scorer.markdown import article_pairs, read_articles
from eval.scorer.pair import Head, Pair, describe, is_held_out
from eval.scorer.rivals import Vectors
from eval.scorer.squad import answer_pairs, read_questions_of
from eval.scorer.wording import misspell, negate, reword, shorten, swap_figure
from eval.scorer.world import read_worlds
from tests.documents import SHARED, needs_markdown

DATASETS = SHARED / "datasets"
WORDS = ["[UNK]", "[CLS]", "[SEP]", "how", "much", "price", "three", "euros", "long", "it", "is"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A scorer whose logits are sums over a pair's own tokens: padding or order would show."""
    _write_tokenizer(tmp_path / TOKENIZER_FILE)
    _write_graph(tmp_path / GRAPH_FILE)
    heads = {
        "answers": {"output": 0, "temperature": 10.0, "bias": -1.0},
        "supports": {"output": 1, "temperature": 1.0, "bias": 0.0},
    }
    (tmp_path / CARD_FILE).write_text(json.dumps({"heads": heads, "max_tokens": 16}))
    return tmp_path


def _write_tokenizer(path: Path) -> None:
    tokenizer = Tokenizer(WordLevel({word: at for at, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 1), ("[SEP]", 2)],
    )
    tokenizer.save(str(path))


def _write_graph(path: Path) -> None:
    """The first logit is the sum of the tokens' numbers, the second that of the passage's alone."""
    names = ("input_ids", "attention_mask", "token_type_ids")
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, ["n", "t"]) for n in names]
    output = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", 2])
    axis = helper.make_tensor("axis", TensorProto.INT64, [1], [1])
    nodes = [
        helper.make_node("Mul", ["input_ids", "attention_mask"], ["all"]),
        helper.make_node("Mul", ["all", "token_type_ids"], ["passage"]),
        helper.make_node("ReduceSum", ["all", "axis"], ["first"], keepdims=1),
        helper.make_node("ReduceSum", ["passage", "axis"], ["second"], keepdims=1),
        helper.make_node("Concat", ["first", "second"], ["both"], axis=1),
        helper.make_node("Cast", ["both"], ["logits"], to=TensorProto.FLOAT),
    ]
    graph = helper.make_graph(nodes, "sums", inputs, [output], [axis])
    opset = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=8), str(path))


def sigmoid(logit: float) -> float:
    return 1 / (1 + float(np.exp(-logit)))


def test_a_score_is_the_calibrated_logit_of_its_head(folder: Path) -> None:
    scorer = load_scorer(folder)
    # [CLS] how [SEP] price [SEP] = 1 + 3 + 2 + 5 + 2 = 13, of which the passage has 7
    assert scorer.score_answers("how", ["price"])[0] == pytest.approx(sigmoid(13 / 10 - 1))
    assert scorer.score_support("how", ["price"])[0] == pytest.approx(sigmoid(7))


def test_no_passages_give_no_scores(folder: Path) -> None:
    assert load_scorer(folder).score_answers("how much", []).shape == (0,)


@given(st.lists(st.text(alphabet="abe how much price three euros", max_size=60), max_size=40))
def test_scores_stand_in_the_order_of_the_passages(
    tiny_scorer: Scorer, passages: list[str]
) -> None:
    together = tiny_scorer.score_answers("how much", passages)
    alone = [tiny_scorer.score_answers("how much", [one])[0] for one in passages]
    assert together.dtype == np.float32
    assert together.tolist() == pytest.approx(alone)


@pytest.fixture(scope="module")
def tiny_scorer(tmp_path_factory: pytest.TempPathFactory) -> Scorer:
    path = tmp_path_factory.mktemp("scorer")
    _write_tokenizer(path / TOKENIZER_FILE)
    _write_graph(path / GRAPH_FILE)
    head = {"output": 0, "temperature": 40.0, "bias": 0.0}
    card = {"heads": {"answers": head, "supports": head}, "max_tokens": 16}
    (path / CARD_FILE).write_text(json.dumps(card))
    return Scorer(path)


def test_a_text_of_any_length_or_kind_is_scored(folder: Path) -> None:
    scorer = load_scorer(folder)
    odd = ["", " ", "price " * 100_000, "\ud800 lone", "\0", "价格 💶"]
    scores = scorer.score_answers("how \udfff " * 1000, odd)
    assert scores.shape == (6,)
    assert np.isfinite(scores).all()


def test_a_scorer_may_be_shared_by_threads(folder: Path) -> None:
    scorer = load_scorer(folder)
    passages = [["price " * n] for n in range(1, 9)] * 4
    expected = [float(load_scorer(folder).score_support("it", one)[0]) for one in passages]
    with ThreadPoolExecutor(8) as pool:
        scores = list(pool.map(lambda one: float(scorer.score_support("it", one)[0]), passages))
    assert scores == pytest.approx(expected)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"heads": {"answers": {}}}'])
def test_a_card_that_says_nothing_is_refused(folder: Path, content: str) -> None:
    (folder / CARD_FILE).write_text(content)
    with pytest.raises(ScorerDamaged, match="fetch or fit the scorer again"):
        load_scorer(folder)


def test_a_folder_without_a_card_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScorerDamaged):
        load_scorer(tmp_path)


@pytest.mark.parametrize("name", [GRAPH_FILE, TOKENIZER_FILE])
def test_a_damaged_file_is_reported_at_the_first_score(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"no such thing")
    scorer = load_scorer(folder)
    with pytest.raises(ScorerDamaged, match="cannot be loaded"):
        scorer.score_answers("how", ["much"])


# --- what it is fitted on


def test_made_pairs_are_the_same_for_the_same_seed() -> None:
    assert list(made_pairs(1, 5, held_out=True)) == list(made_pairs(1, 5, held_out=True))
    assert list(made_pairs(1, 5, held_out=True)) != list(made_pairs(1, 6, held_out=True))


def test_no_held_out_world_is_fitted_on() -> None:
    fitted = {pair.group for pair in made_pairs(1, 5, held_out=False)}
    held = {pair.group for pair in made_pairs(1, 5, held_out=True)}
    assert held == {world.name for world in read_worlds() if world.held_out}
    assert not fitted & held


def test_made_pairs_have_no_unfilled_template() -> None:
    for pair in made_pairs(4, 11, held_out=False):
        assert not set("{}") & set(pair.text + pair.passage), pair
        assert pair.text.strip(), pair


def test_no_made_text_is_both_right_and_wrong() -> None:
    labels: dict[tuple[str, str, str], set[bool]] = {}
    for pair in made_pairs(8, 3, held_out=False):
        labels.setdefault((pair.head, pair.text, pair.passage), set()).add(pair.label)
    clashes = [key for key, both in labels.items() if len(both) > 1]
    assert len(clashes) <= len(labels) // 1000, clashes[:5]


def test_both_heads_see_both_labels() -> None:
    seen = {(pair.head, pair.label) for pair in made_pairs(1, 2, held_out=True)}
    assert seen == {(head, label) for head in Head for label in (True, False)}


@given(st.text(max_size=200), st.integers())
def test_a_swapped_figure_changes_digits_alone(text: str, seed: int) -> None:
    changed = swap_figure(text, Random(seed))
    if changed is not None:
        assert changed != text
        assert len(changed) == len(text)
        differing = [(a, b) for a, b in zip(text, changed, strict=True) if a != b]
        assert all(a.isdigit() and b.isdigit() for a, b in differing)


def test_a_text_without_figures_has_none_to_swap() -> None:
    assert swap_figure("no figure here", Random(1)) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The pool is open.", "The pool is not open."),
        ("The pool is not open.", "The pool is open."),
        ("Sweet.", None),
    ],
)
def test_negation_turns_a_sentence_round(text: str, expected: str | None) -> None:
    assert negate(text, Random(1)) == expected


def test_a_sentence_is_shortened_only_where_the_rest_can_stand() -> None:
    assert shorten("The old mill stands by the river, which freezes in winter.") == (
        "The old mill stands by the river."
    )
    assert shorten("It is old, and it stands.") is None


@given(st.text(min_size=1, max_size=80), st.integers())
def test_a_reworded_question_is_never_empty(question: str, seed: int) -> None:
    kept = reword("What is " + question, Random(seed))
    assert kept.strip()


def test_a_slip_changes_one_word() -> None:
    slipped = misspell("how much is the deposit", Random(3))
    assert slipped != "how much is the deposit"
    assert slipped.startswith("how much is the ")


def test_the_same_groups_are_held_out_everywhere() -> None:
    names = [f"article {number}" for number in range(400)]
    share = sum(is_held_out(name, 0.25) for name in names) / len(names)
    assert 0.18 < share < 0.32
    assert is_held_out("article 1", 0.25) == is_held_out("article 1", 0.25)


def test_a_span_is_described_with_its_last_headings_and_lead_in() -> None:
    described = describe(("Club", "Fees", "Adults:"), "Ten euros", "You pay:")
    assert described == "Fees > Adults: You pay: Ten euros"
    assert describe((), "Ten euros") == "Ten euros"


class SharedWords(Vectors):
    """Vectors that are alike as far as two texts share words, so that no encoder is loaded."""

    def encode(self, texts):
        wanted = [set(text.lower().strip("?.").split()) for text in texts]
        rows = np.zeros((len(wanted), 4096), dtype=np.float32)
        for row, found in zip(rows, wanted, strict=True):
            for word in found:
                row[zlib.crc32(word.encode()) % 4096] = 1.0
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def test_the_rivals_of_a_question_are_like_it_and_hold_no_answer() -> None:
    sentences = ("The mill was built in 1820.", "The mill was sold in 1901.", "Cows eat grass.")
    question = squad.Question(
        "When was the mill built?", "Mill", "p", sentences, frozenset({0}), ("1820",)
    )
    (found,) = squad.find_rivals((question,), SharedWords())
    assert found.rivals == ("The mill was sold in 1901.", "Cows eat grass.")


@needs_markdown
def test_a_paraphrase_stands_beside_its_own_thread_and_others() -> None:
    threads = faqs.read_threads(DATASETS / "stackfaq", SharedWords())
    titles = {entry.thread: entry.title for found in threads.entries.values() for entry in found}
    fitted = list(faqs.faq_pairs(threads, Random(1), held_out=False))
    for pair in fitted:
        above = pair.passage.split(":")[0]
        if pair.label and above in titles.values():
            assert above in {e.title for e in threads.entries[pair.group]}
    kept_apart = {pair.group for pair in faqs.faq_pairs(threads, Random(1), held_out=True)}
    assert kept_apart
    assert not kept_apart & {pair.group for pair in fitted}


@needs_markdown
def test_a_written_question_names_pieces_of_its_article() -> None:
    rows = asked.read_rows(DATASETS, SharedWords(), held_out=False)
    assert len(rows) > 1000
    assert any(not row.right for row in rows), "no question that cannot be answered"
    for row in rows:
        assert not set(row.right) & {*row.near, *row.rivals}
    labels = Counter(pair.label for pair in asked.asked_pairs(rows, Random(1)))
    assert 0 < labels[True] < labels[False]


def test_the_mistakes_of_a_scorer_are_shown_to_it_first() -> None:
    row = asked.Row(
        "mill", "When?", "plain", ("In 1820.",), (), ("Cows.", "In a mill.", "In 1901.")
    )
    (shown,) = asked.put_mistakes_first(
        (row,), lambda _, passages: np.array([len(one) for one in passages], dtype=np.float32)
    )
    assert shown.rivals == ("In a mill.", "In 1901.", "Cows.")
    assert (shown.right, shown.near) == (row.right, row.near)


def test_pairs_of_one_question_stay_together_in_a_batch() -> None:
    from eval.scorer import training
    from eval.scorer.network import start_network

    _, tokenizer = start_network()
    pairs = [
        Pair(Head.ANSWERS, f"Question {n}?", f"Passage {m}.", m == 0, "made", "g")
        for n in range(40)
        for m in range(4)
    ]
    for batch in training.batches(tokenizer, pairs, seed=3):
        numbers = batch.asked.tolist()
        assert numbers == sorted(numbers)
        assert all(count == 4 for count in Counter(numbers).values())
        firsts = [numbers.index(number) for number in dict.fromkeys(numbers)]
        assert [int(at) for at in batch.labels.nonzero()[:, 0]] == firsts


def test_a_choice_costs_less_the_further_the_right_passage_is_ahead() -> None:
    import torch

    from eval.scorer import training

    def loss(*logits: float) -> float:
        batch = training.Batch(
            {},
            torch.zeros(4, dtype=torch.long),
            torch.tensor([1.0, 0.0, 0.0, 0.0]),
            torch.tensor([0, 0, 1, 1]),
            torch.full((4,), torch.nan),
        )
        return float(training.loss_of(torch.tensor(logits), batch))

    assert loss(3.0, -3.0, -3.0, -3.0) < loss(1.0, -1.0, -3.0, -3.0) < loss(-1.0, 1.0, -3.0, -3.0)


@given(st.lists(st.floats(-6, 6), min_size=3, max_size=3), st.permutations([3.0, 0.0, -3.0]))
def test_a_teachers_order_of_wrong_passages_is_learned(
    ratings: list[float], logits: list[float]
) -> None:
    import torch

    from eval.scorer import training

    def loss(given: list[float]) -> float:
        zeros = torch.zeros(3)
        batch = training.Batch({}, zeros.long(), zeros, zeros.long(), torch.tensor(ratings))
        return float(training.loss_of(torch.tensor(given), batch))

    as_rated = [sorted(logits)[sorted(ratings).index(one)] for one in ratings]
    if len(set(ratings)) == 3:
        assert loss(as_rated) <= loss(logits) + 1e-5


def test_the_teacher_counts_twice_in_a_rating_however_sure_the_scorer_is() -> None:
    from eval.scorer.fitting import rate_pairs

    pairs = [
        Pair(Head.ANSWERS, question, passage, label=False, kind="", group="g")
        for question, passage in (("a?", "xx"), ("a?", "xxxx"), ("b?", "x"), ("b?", "xxx"))
    ]
    calm = {"xx": 1.0, "xxxx": -1.0, "x": 1.0, "xxx": -1.0}
    sure = {"xx": 9.0, "xxxx": -9.0, "x": -9.0, "xxx": 9.0}
    teacher, scorer = (
        lambda _, passages, table=table: np.array([table[one] for one in passages], np.float32)
        for table in (calm, sure)
    )
    rated = rate_pairs(pairs, teacher, scorer)
    assert [one.rating for one in rated] == pytest.approx([1.0, -1.0, 1 / 3, -1 / 3])
    assert [(one.text, one.passage) for one in rated] == [(one.text, one.passage) for one in pairs]


def test_a_larger_encoder_of_another_kind_can_be_fitted(tmp_path: Path) -> None:
    """All of a pass with a network that knows no types of tokens: it learns which word answers."""
    import torch
    from transformers import AutoTokenizer, MPNetConfig, MPNetModel

    from eval.scorer.network import installed_encoder, start_network
    from eval.scorer.training import encode, load_weights, train

    torch.manual_seed(1)
    tokenizer = AutoTokenizer.from_pretrained(installed_encoder())
    tokenizer.model_input_names = ["input_ids", "attention_mask"]
    tokenizer.save_pretrained(tmp_path / "large")
    config = MPNetConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=32,
    )  # fmt: skip
    MPNetModel(config).save_pretrained(tmp_path / "large")
    pairs = [
        Pair(Head.ANSWERS, f"Question {n}?", word, label, "made", "g")
        for n in range(400)
        for word, label in (("It is open.", True), ("It is shut.", False))
    ]
    checkpoint = tmp_path / "large.pt"
    train(pairs, checkpoint, seconds=600, seed=1, encoder=tmp_path / "large", learning_rate=1e-2)
    network, tokenizer = start_network(tmp_path / "large")
    load_weights(network, checkpoint)
    with torch.no_grad():
        logits = network(**encode(tokenizer, pairs[:2]).inputs)[:, 0]
    assert logits[0] > logits[1]


def test_items_answer_their_own_heading_and_no_other(tmp_path: Path) -> None:
    text = "# Club\n\n## Fees\n\n- ten euros for adults\n\n## Times\n\n- from six to ten\n\n## Rules\n\n- no shouting in here\n"
    (tmp_path / "club.md").write_text(text)
    pieces = read_articles(tmp_path)["club.md"]
    assert [piece.headings[-1] for piece in pieces] == ["Fees", "Times", "Rules"]
    for pair in article_pairs("club.md", pieces, Random(1), SharedWords()):
        if pair.kind == "sibling":
            assert not pair.label


def test_markdown_rows_name_their_columns(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# T\n\n| City | Fee |\n|---|---|\n| Oslo | 5 |\n")
    assert [piece.text for piece in read_articles(tmp_path)["a.md"]] == ["Oslo, Fee: 5"]


def test_an_unanswerable_question_has_no_right_sentence(tmp_path: Path) -> None:
    context = "The mill was built in 1820. It burnt down later."
    rows = [
        {"question": "When was the mill built?", "answers": ["1820"], "answerable": True},
        {"question": "Who built the mill?", "answers": [], "answerable": False},
    ]
    common = {"_id": "1", "context": context, "context_id": "c", "title": "Mill"}
    path = tmp_path / "squad2-dev.jsonl"
    path.write_text("\n".join(json.dumps(common | row) for row in rows))
    built, builder = read_questions_of(path)
    assert [built.sentences[at] for at in built.answering] == ["The mill was built in 1820."]
    assert not any(pair.label for pair in answer_pairs((builder,), Random(1)))


# --- a cross-encoder of one's own


def test_a_cross_encoder_with_one_logit_serves_both_heads(
    tmp_path: Path, make_cross_encoder: Callable[[int], Path]
) -> None:
    from sentence_transformers import CrossEncoder

    from eval.scorer.export import export_cross_encoder

    source = make_cross_encoder(1)
    export_cross_encoder(source, tmp_path / "out")
    scorer = load_scorer(tmp_path / "out")
    passages = ["three euros", "long", "it is how long " * 4, "price"]
    answers = scorer.score_answers("how much", passages)
    assert answers.tolist() == scorer.score_support("how much", passages).tolist()
    original = CrossEncoder(str(source), device="cpu")
    expected = original.predict([("how much", one) for one in passages])
    assert answers.tolist() == pytest.approx(expected.tolist(), abs=0.05)  # int8 against float32
    assert max(expected) - min(expected) > 0.1


def test_a_cross_encoder_with_several_outputs_is_refused(
    tmp_path: Path, make_cross_encoder: Callable[[int], Path]
) -> None:
    from eval.scorer.export import export_cross_encoder

    with pytest.raises(ValueError, match="name one with 1"):
        export_cross_encoder(make_cross_encoder(3), tmp_path / "out")


@pytest.fixture
def make_cross_encoder(tmp_path: Path) -> Callable[[int], Path]:
    transformers = pytest.importorskip("transformers", reason="building a model needs it")
    torch = pytest.importorskip("torch", reason="building a model needs it")

    def make(labels: int) -> Path:
        source = tmp_path / "source"
        source.mkdir()
        (source / "vocab.txt").write_text("\n".join(["[PAD]", "[MASK]", *WORDS]))
        transformers.BertTokenizerFast(str(source / "vocab.txt")).save_pretrained(source)
        config = transformers.BertConfig(
            vocab_size=len(WORDS) + 2,
            hidden_size=32,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=64,
            num_labels=labels,
            initializer_range=0.5,
        )
        torch.manual_seed(1)  # rounding to int8 costs each draw of the weights another amount
        transformers.BertForSequenceClassification(config).save_pretrained(source)
        return source

    return make


# --- the shipped one


@pytest.fixture(scope="module")
def shipped() -> Scorer:
    if not (SHIPPED / GRAPH_FILE).exists():
        pytest.skip("no scorer is shipped with this checkout")
    return load_scorer()


def test_the_shipped_files_are_small(shipped: Scorer) -> None:
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) <= 25_000_000
    assert shipped.card.max_tokens == 128


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (
            "How much does a kayak cost for a day?",
            "Rental: Kayak, Price per day: $30; Seats: 2",
            "Rental: Canoe, Price per day: $40; Seats: 3",
        ),
        (
            "can i bring my dog",
            "House rules > Can I bring a dog?: Yes, if it is kept on a lead.",
            "House rules > Can I smoke?: No, not anywhere.",
        ),
        (
            "do i need a licence to sail",
            "A licence is not required for small boats.",
            "Boats: A boat has a sail.",
        ),
        (
            "What is a spinnaker?",
            "Sails: A spinnaker is a large light sail for running before the wind.",
            "Sails: Ask in the shop about a spinnaker.",
        ),
        (
            "Who founded the sailing club?",
            "About us: The sailing club was founded by two brothers from Kiel.",
            "About us: The sailing club costs $300 a year.",
        ),
    ],
)
def test_the_shipped_scorer_knows_what_is_asked_about_what(
    shipped: Scorer, question: str, right: str, wrong: str
) -> None:
    scores = shipped.score_answers(question, [right, wrong])
    odds = scores / (1 - scores)
    assert scores[0] > 0.5
    assert odds[0] > 10 * odds[1]  # spans are told apart by their odds


def test_the_shipped_scorer_sees_a_changed_figure(shipped: Scorer) -> None:
    passage = ["Rental: Kayak, Price per day: $30; Seats: 2"]
    true = shipped.score_support("A kayak costs $30 a day.", passage)[0]
    false = shipped.score_support("A kayak costs $80 a day.", passage)[0]
    assert true > 0.5 > false
