"""From a name to a writer: `extractive`, `openai:NAME`, `anthropic:NAME`, `transformers:FOLDER`.

Knows which kinds there are, and that installed packages may bring others through the entry-point
group `footnote.models`. Reads no key and no address: they come in as options.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

from assistant.models import Model, ModelError, UnknownModel, anthropic, openai, transformers
from assistant.models.bounded import Bounded
from assistant.models.extractive import Extractive
from assistant.models.options import ModelOptions

GROUP = "footnote.models"
"""The entry-point group: each entry is called with what follows the colon, and gives a `Model`."""

_KINDS: dict[str, tuple[Callable[[str, ModelOptions], Model], Callable[[ModelOptions], str]]] = {
    "openai": (openai.OpenAI, openai.find_missing),
    "anthropic": (anthropic.Anthropic, anthropic.find_missing),
    "transformers": (transformers.Transformers, transformers.find_missing),
}
_FORMS = {"openai": "openai:NAME", "anthropic": "anthropic:NAME"} | {
    "transformers": "transformers:FOLDER"
}


@dataclass(frozen=True, slots=True)
class Readiness:
    """One line of `footnote models`: a kind of writer, and what it lacks, if anything."""

    form: str
    missing: str = ""

    @property
    def ready(self) -> bool:
        """Whether such a writer can be used now."""
        return not self.missing


def load_model(spec: str, options: ModelOptions | None = None) -> Model:
    """Make the writer that a name asks for, kept to the options' limits.

    Raises `UnknownModel`, which lists the known ones, or `ModelError`, which says what to install
    or to set. Nothing goes to the network before the first answer.
    """
    options = options or ModelOptions()
    model = make_model(spec, options)
    return model if isinstance(model, Extractive) else Bounded(model, options.limits)


def make_model(spec: str, options: ModelOptions) -> Model:
    """Make the writer that a name asks for, as it is, without limits; raises as `load_model` does."""
    kind, _, rest = spec.strip().partition(":")
    if kind == Extractive.name and not rest:
        return Extractive()
    if kind in _KINDS:
        make, _ = _KINDS[kind]
        return make(rest, options)
    plugin = _plugins().get(kind)
    if plugin is None:
        raise UnknownModel(spec, _known())
    return _load_plugin(plugin, rest)


def list_models(options: ModelOptions) -> tuple[Readiness, ...]:
    """Say which kinds of writers are ready, and what the others lack."""
    own = [Readiness(_FORMS[kind], find(options)) for kind, (_, find) in _KINDS.items()]
    return (Readiness(Extractive.name), *own, *(Readiness(name) for name in sorted(_plugins())))


def _load_plugin(plugin: EntryPoint, rest: str) -> Model:
    try:
        model: Model = plugin.load()(rest)
    except ModelError:
        raise
    except Exception as error:
        raise ModelError(f"{plugin.name}: the plug-in {plugin.value} failed: {error}") from error
    return model


def _plugins() -> dict[str, EntryPoint]:
    """Return the installed plug-ins by name; none can take the name of one of our own."""
    own = {Extractive.name, *_KINDS}
    return {entry.name: entry for entry in entry_points(group=GROUP) if entry.name not in own}


def _known() -> tuple[str, ...]:
    return (Extractive.name, *_FORMS.values(), *sorted(_plugins()))
