"""The YAML block at the head of a Markdown file, and what is kept of it.

Knows YAML and its hostile corners. Knows nothing of Markdown.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

MAX_FRONT_MATTER = 20_000
"""Characters: a longer block between dashes is no front matter, and costs YAML much time."""

_BLOCK = re.compile(
    r"\ufeff?\s*---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_TOML = re.compile(
    r"\ufeff?\s*\+\+\+[ \t]*\n(?P<toml>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_LINE = re.compile(r"\s|#|-\s|$|[A-Za-z_][\w -]{0,40}:")
"""How a line of front matter begins: deeper, as a comment, an entry of a list, or a key."""

_KEY = re.compile(r"^([A-Za-z_][\w -]{0,40}):[ \t]*(.*)$", re.MULTILINE)

# What other programs call the same thing.
_SAME = {
    "description": "description",
    "excerpt": "description",
    "summary": "description",
    "subtitle": "description",
    "authors": "author",
    "published": "date",
    "publishdate": "date",
    "pubdate": "date",
    "created": "date",
    "canonical": "url",
    "canonical_url": "url",
    "permalink": "url",
    "link": "url",
}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A text without its front matter, what that said, and notes on what was wrong with it."""

    body: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()


def split_front_matter(text: str) -> FrontMatter:
    """Part a text from its front matter; one that is no valid YAML is read line by line."""
    if toml := _TOML.match(text):
        return _split_toml(text, toml)
    match = _BLOCK.match(text)
    if match is None or len(match["yaml"]) > MAX_FRONT_MATTER or not _KEY.search(match["yaml"]):
        return FrontMatter(text)
    body = text[match.end() :]
    values = _load(match["yaml"])
    if values:
        return FrontMatter(body, values)
    if any(not _LINE.match(line) for line in match["yaml"].splitlines()):
        return FrontMatter(text)  # an article between two rules
    plain = {key.strip(): value.strip(" \"'") for key, value in _KEY.findall(match["yaml"])}
    return FrontMatter(body, _strings(plain), ("front matter is no valid YAML; read line by line",))


def _split_toml(text: str, match: re.Match[str]) -> FrontMatter:
    try:
        values = tomllib.loads(match["toml"])
    except tomllib.TOMLDecodeError:
        return FrontMatter(text)
    return FrontMatter(text[match.end() :], _strings(values))


def _load(text: str) -> dict[str, str]:
    try:
        # An alias can make a few lines unfold into gigabytes, and no article needs one.
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text)):
            return {}
        values = yaml.safe_load(text)
        return _strings(values) if isinstance(values, dict) else {}
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}


def _strings(values: Mapping[Any, object]) -> dict[str, str]:
    """Keep what is text, under one name for each thing, the first found."""
    kept: dict[str, str] = {}
    for key, value in values.items():
        name = str(key).strip().lower()
        text = _string(value)
        if text:
            kept.setdefault(_SAME.get(name, name), text)
    return kept


def _string(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(text for text in map(_string, value) if text)
    if isinstance(value, dict):
        return _string(value.get("name"))
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return str(value).strip()
