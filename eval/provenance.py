"""What a report was made from: commit, corpus, encoder, parameters, questions.

Knows manifests and git. Everything here is the same for the same input; dates are the run's.
"""

import subprocess
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.baselines import CHUNK, OVERLAP, TOP
from eval.dataset import Question, digest_questions
from eval.grounding import RECALLED, SUPPORTED
from eval.judging import ENOUGH
from eval.significance import RESAMPLES, ROUNDS, SEED
from index.store import Index


def describe_run(corpus: Path, index: Index, questions: Sequence[Question]) -> dict[str, Any]:
    """Say what an evaluation of this index with these questions is made from."""
    recipe = index.manifest.recipe
    return {
        "corpus": corpus.resolve().name,
        "corpus_digest": recipe.corpus_digest,
        "documents": index.manifest.counts["documents"],
        "commit": find_commit(Path(__file__).parent),
        "index_version": index.version,
        "encoder": asdict(recipe.encoder),
        "parameters": {
            **index.manifest.parameters,
            "gold_span_share": ENOUGH,
            "support_share": SUPPORTED,
            "reference_share": RECALLED,
            "baseline_chunks": f"{CHUNK}/{OVERLAP}, top {TOP}",
            "bootstrap": RESAMPLES,
            "permutations": ROUNDS,
            "seed": SEED,
        },
        "libraries": dict(index.manifest.libraries),
        "questions": len(questions),
        "questions_digest": digest_questions(questions),
    }


def find_commit(folder: Path) -> str | None:
    """Return the commit that a folder is at, with "+" where files differ; None outside git."""
    commit = _git(folder, "rev-parse", "--short=12", "HEAD")
    if commit is None:
        return None
    changed = _git(folder, "status", "--porcelain", "--untracked-files=no")
    return commit + ("+" if changed else "")


def _git(folder: Path, *arguments: str) -> str | None:
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=10)  # noqa: S603 - fixed words
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
