"""Bytes to text: which encoding, and whether the bytes are text at all.

Knows encodings. Knows nothing of what the text says or how it is laid out.
"""

import codecs
import re
import unicodedata

from ingest.reading import IngestError

MAX_CONTROL_SHARE = 0.01
"""Of all characters: text holds a stray control character now and then, a binary file many."""

# UTF-32 first: its mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_REFUSED = "the file is not text (binary data); remove it, or convert it to text first"


def decode(data: bytes, source: str) -> tuple[str, tuple[str, ...]]:
    """Decode a text file; returns the text, with line ends as newlines, and notes on repairs.

    Raises IngestError where the bytes are empty or no text.
    """
    text, repairs = _decode(data)
    if _is_binary(text):
        raise IngestError(source, _REFUSED)
    if not text.strip("\ufeff\u200b \t\r\n\f\v"):
        raise IngestError(source, "the file is empty; there is nothing to read")
    return _LINE_ENDS.sub("\n", text), repairs


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with_encoding(data[len(mark) :], encoding)
    wide = find_unmarked_utf16(data)
    if wide:
        return data.decode(wide, "replace"), (f"decoded as {wide}, which the file does not say",)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _mend(data)


def _with_encoding(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        note = f"replaced bytes that are no {encoding}"
        return data.decode(encoding, "replace"), (note,)


def find_unmarked_utf16(data: bytes) -> str:
    """Name the UTF-16 that a file without a mark is in, if any: every other byte of Latin text is zero."""
    sample = data[:4000]
    half = len(sample) // 2
    if half < 4 or 0 not in sample:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.05 * half else ""


def _mend(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Read broken UTF-8 as such if most of its signs are sound, else as windows-1252."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(1 for sign in text if sign > "\x7f") - broken
    if sound > broken:
        return text, (f"replaced {broken} bytes that are no UTF-8",)
    return data.decode("windows-1252", "replace"), ("decoded as windows-1252",)


def _is_binary(text: str) -> bool:
    if text.startswith("%PDF-"):
        return True
    control = sum(1 for sign in text if _is_control(sign))
    return control > max(2, MAX_CONTROL_SHARE * len(text))


def _is_control(sign: str) -> bool:
    return sign not in "\t\n\r\f\v\x1b\x85" and unicodedata.category(sign) == "Cc"
