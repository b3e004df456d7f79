"""From a name to a writer, our own or a plug-in's."""

from pathlib import Path

import pytest

from assistant.models import ModelError, UnknownModel
from assistant.models.extractive import Extractive
from assistant.models.loading import list_models, load_model
from assistant.models.options import Limits, ModelOptions
from tests.writers import FOLLOW_UP, make_prompt

DOCS = Path(__file__).parent.parent / "docs" / "models.md"


def install(folder: Path, source: str, monkeypatch: pytest.MonkeyPatch, name: str = "echo") -> None:
    """Install a package as pip would: its module and its metadata, on the path."""
    (folder / f"plug_{name}.py").write_text(source)
    info = folder / f"plug_{name}-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: plug-{name}\nVersion: 1\n")
    (info / "entry_points.txt").write_text(f"[footnote.models]\n{name} = plug_{name}:Echo\n")
    monkeypatch.syspath_prepend(folder)


def example() -> str:
    """The worked example of the documentation."""
    block = DOCS.read_text(encoding="utf-8").split("```python\n")[1]
    return block.split("```")[0]


def test_the_default_needs_nothing() -> None:
    assert isinstance(load_model("extractive"), Extractive)


def test_a_name_is_split_at_its_first_colon() -> None:
    options = ModelOptions(openai_url="http://127.0.0.1:1/v1")
    assert load_model("openai:llama3.2:3b", options).name == "openai:llama3.2:3b"


@pytest.mark.parametrize("spec", ["nothing", "nothing:at-all", "", ":", "extractive:x"])
def test_an_unknown_name_is_told_the_known_ones(spec: str) -> None:
    with pytest.raises(UnknownModel, match="transformers:FOLDER") as caught:
        load_model(spec)
    assert "extractive" in caught.value.message


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        ("openai:gpt", "set OPENAI_API_KEY"),
        ("anthropic:claude", "set ANTHROPIC_API_KEY"),
        ("transformers:no-such-folder", "no config.json"),
        ("transformers:", "transformers:FOLDER"),
    ],
)
def test_what_is_missing_is_said(spec: str, told: str) -> None:
    with pytest.raises(ModelError, match=told):
        load_model(spec)


def test_readiness_is_told_for_each_kind() -> None:
    lines = {line.form: line for line in list_models(ModelOptions(anthropic_key="k"))}
    assert lines["extractive"].ready
    assert lines["anthropic:NAME"].ready
    assert "OPENAI_API_KEY" in lines["openai:NAME"].missing
    assert set(lines) == {"extractive", "openai:NAME", "anthropic:NAME", "transformers:FOLDER"}


def test_the_example_of_the_documentation_is_a_plug_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, example(), monkeypatch)
    model = load_model("echo:loud")
    prompt = make_prompt("licence is needed")
    assert "No licence is needed" in "".join(model.stream(prompt))
    assert "".join(model.stream(prompt)).rstrip().endswith("[1]")
    assert "".join(model.stream(FOLLOW_UP)) == ""
    assert "echo" in {line.form for line in list_models(ModelOptions())}


def test_a_plug_in_that_fails_is_a_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, "import no_such_module", monkeypatch, "broken")
    with pytest.raises(ModelError, match="broken: the plug-in plug_broken:Echo failed"):
        load_model("broken:x")


def test_a_plug_in_takes_no_name_of_our_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, "Echo = None", monkeypatch, "extractive")
    assert isinstance(load_model("extractive"), Extractive)


def test_a_plug_in_is_kept_to_the_limits_and_its_errors_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = (
        "import threading\n"
        "class Echo:\n"
        "    def __init__(self, rest):\n"
        "        self.name = 'odd:' + rest\n"
        "    def stream(self, prompt):\n"
        "        if self.name == 'odd:hang':\n"
        "            threading.Event().wait(2)\n"
        "        raise KeyError('x')\n"
        "        yield\n"
    )
    install(tmp_path, source, monkeypatch, "odd")
    quick = ModelOptions(limits=Limits(first=0.05))
    with pytest.raises(ModelError, match="odd:hang: no word"):
        list(load_model("odd:hang", quick).stream(FOLLOW_UP))
    with pytest.raises(ModelError, match="KeyError"):
        list(load_model("odd:raise").stream(FOLLOW_UP))
