"""Whether the style written on an element of a web page leaves its text unseen.

Knows the attributes that hide, that of style and the old ones for colours. Knows nothing of style
sheets, but for whether a page has any: without one its ground is white.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial

from lxml.html import HtmlElement

_DECLARATION = re.compile(r"\s*([a-z-]+)\s*:\s*([^;]+)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(?<=\s)([a-z-]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+))?", re.IGNORECASE)
_NOTHING = re.compile(r"[-+]?0*(?:\.0*)?(?:px|pt|em|rem|ex|ch|vw|vh|%)?")
_FAR_OFF = re.compile(r"-(?:\d{4,}(?:\.\d+)?px|\d{3,}(?:\.\d+)?(?:em|rem|vw|vh|%)|9{3}px)")
_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+([\d.]+%?))?\s*\)")
_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|rgba?\([^)]*\)|[a-z]+")
_NAMED = {"white": (255, 255, 255), "snow": (255, 250, 250), "black": (0, 0, 0)}

NEAR = 12
"""Steps of 255 between two colours, in each of red, green and blue, that no reader tells apart."""

_Colour = tuple[int, int, int]

WHITE: _Colour = (255, 255, 255)


def is_unseen(element: HtmlElement) -> bool:
    """Say whether the markup of an element hides it: not shown, of no size, or of its ground's colour."""
    attributes = {name: value for name, value in element.items() if isinstance(name, str)}
    return hides(attributes) or _is_on_ground(attributes, partial(_find_ground, element))


def hides(attributes: Mapping[str, str | None], ground: _Colour | None = None) -> bool:
    """Say whether the attributes of an element hide it; `ground` is what it stands on, if known."""
    style = _read_style(attributes)
    if "hidden" in attributes or (attributes.get("aria-hidden") or "").lower() == "true":
        return True
    if style.get("display") == "none" or style.get("visibility") == "hidden":
        return True
    if any(_NOTHING.fullmatch(style.get(name, "1")) for name in ("opacity", "font-size")):
        return True
    if any(_FAR_OFF.fullmatch(style.get(name, "")) for name in ("left", "top", "text-indent")):
        return True
    return ground is not None and _is_on_ground(attributes, lambda: ground)


def read_attributes(tag: str) -> Mapping[str, str]:
    """Return the attributes of a tag as written."""
    found = _ATTRIBUTE.finditer(tag)
    return {one[1].lower(): (one[2] or "").strip("\"'") for one in found}


def _read_style(attributes: Mapping[str, str | None]) -> Mapping[str, str]:
    written = _DECLARATION.findall(attributes.get("style") or "")
    return {name.lower(): _plain(value) for name, value in written}


def _plain(value: str) -> str:
    return value.lower().replace("!important", "").strip()


def _is_on_ground(
    attributes: Mapping[str, str | None], find_ground: Callable[[], _Colour | None]
) -> bool:
    """Say whether text is written in no colour, or in that of what it stands on."""
    ink = _read_style(attributes).get("color") or (attributes.get("color") or "").lower()
    if not ink:
        return False
    rgb = _RGB.fullmatch(ink)
    if ink == "transparent" or (rgb and _NOTHING.fullmatch(rgb[4] or "1")):
        return True
    colour, own = _read_colour(ink), _written_ground(attributes)
    ground = _first_colour(own) if own else find_ground()
    if colour is None or ground is None:
        return False
    return all(abs(one - other) <= NEAR for one, other in zip(colour, ground, strict=True))


def _find_ground(element: HtmlElement) -> _Colour | None:
    """Return the colour that an element stands on, as far as the page's markup tells."""
    for around in element.iterancestors():
        written = _written_ground(around.attrib)
        if written:
            return _first_colour(written)
    page = element.getroottree().getroot()
    sheets = page.xpath("//style | //link[@rel='stylesheet']")
    return None if sheets else WHITE


def _written_ground(attributes: Mapping[str, str | None]) -> str:
    """Return what an element's own attributes write of its ground, "" if nothing."""
    style = _read_style(attributes)
    own = (style.get("background-color"), style.get("background"), attributes.get("bgcolor"))
    return " ".join(filter(None, own)).lower()


def _first_colour(written: str) -> _Colour | None:
    found = map(_read_colour, _COLOUR.findall(written))
    return next((colour for colour in found if colour is not None), None)


def _read_colour(written: str) -> _Colour | None:
    if written in _NAMED:
        return _NAMED[written]
    rgb = _RGB.fullmatch(written)
    if rgb:
        return int(rgb[1]), int(rgb[2]), int(rgb[3])
    if not _HEX.fullmatch(written):
        return None
    digits = written[1:]
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
