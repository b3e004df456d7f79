"""What the site is made of: the assistant it asks, its settings, and what it remembers.

Hands them to a request. Knows nothing of routes, templates or JSON.
"""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from assistant.models import UnknownModel
from web.runs import Runs
from web.seam import Answerer
from web.settings import Settings
from web.starters import Starters
from web.store.conversations import Conversations


@dataclass(frozen=True, slots=True)
class Site:
    """One running site."""

    assistant: Answerer
    settings: Settings
    starters: Starters
    conversations: Conversations
    runs: Runs

    def check_model(self, name: str | None, *others: str) -> None:
        """Raise `UnknownModel` unless a request may ask for this writer; `others` it may as well."""
        known = (*others, *self.settings.models)
        if name is not None and name not in known:
            raise UnknownModel(name, known)


def get_site(request: Request) -> Site:
    """Return the site that a request came to."""
    return cast("Site", request.app.state.site)


InSite = Annotated[Site, Depends(get_site)]
"""The parameter by which a route asks for the site."""
