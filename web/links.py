"""Which addresses that an article names may be linked to.

Knows the forms of an address. Fetches nothing.
"""


def web_link(address: str) -> str:
    """Return an address if it is a plain http(s) link, else nothing: no `javascript:`, no `data:`."""
    address = address.strip()
    plain = address.lower().startswith(("http://", "https://"))
    if not plain or any(character.isspace() or ord(character) < 32 for character in address):
        return ""
    return address
