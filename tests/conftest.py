"""What several test files share: one index of the bundled articles, built once."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def built_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an index of the bundled articles with the real encoder; do not write to it."""
    from index.store import build_index

    folder = tmp_path_factory.mktemp("index")
    build_index(ROOT / "corpus", folder)
    return folder
