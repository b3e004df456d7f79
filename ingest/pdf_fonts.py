"""The fonts of a PDF file: which characters a string of theirs shows, and how wide they are.

Knows font resources (ISO 32000-2, 9.5 to 9.8). Knows nothing of where on a page text is drawn.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pypdf.generic import DictionaryObject
from pypdf.generic._font import Font


@dataclass(frozen=True, slots=True)
class Face:
    """A font as it is drawn with; `readable` where its codes say which characters they are."""

    font: Font
    bold: bool
    readable: bool

    def glyphs(self, data: bytes) -> Iterator[tuple[str, float, bool]]:
        """Yield each character's text, its width in em, and whether it is the space code."""
        widths, mapped = self.font.character_widths, self.font.character_map
        default = widths.get("default", 500)
        if isinstance(self.font.encoding, str):
            for code in data.decode(self.font.encoding, "replace"):
                yield mapped.get(code, code), widths.get(code, default) / 1000, False
            return
        for byte in data:
            raw = self.font.encoding.get(byte, chr(byte))
            text = mapped.get(raw, "•" if byte == 127 else raw)  # what WinAnsi leaves unused
            width = widths.get(chr(byte), default) / 1000
            yield text, width, byte == 32


class Fonts:
    """The fonts of one file, each understood once."""

    def __init__(self) -> None:
        self._faces: dict[int, tuple[DictionaryObject, Face | None]] = {}

    def face(self, resource: DictionaryObject) -> Face | None:
        """Understand a font; None for one that says nothing about itself."""
        if id(resource) not in self._faces:
            self._faces[id(resource)] = (resource, _understand(resource))
        return self._faces[id(resource)][1]


def _understand(resource: DictionaryObject) -> Face | None:
    try:
        font = Font.from_font_resource(resource)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a broken font costs its text, not the file
        return None
    is_glyph_numbers = (
        resource.get("/Subtype") == "/Type0"
        and str(resource.get("/Encoding")).startswith("/Identity")
        and not font.character_map
    )
    weight = str(font.font_descriptor.weight)
    bold = re.search(r"bold|black|heavy|semibd|demi", font.name, re.IGNORECASE) is not None
    bold = bold or (weight.isdigit() and int(weight) >= 600)
    return Face(font, bold, font.interpretable and not is_glyph_numbers)
