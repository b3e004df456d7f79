"""The scorer's commands: `python -m eval.scorer fit | export | report`.

Knows how the parts follow one another. Nothing that serves imports this package.
"""

import argparse
import json
import logging
import os
import sys
from pathlib import Path

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
"""Threads that spin for one another waste a shared machine: 8 against 60 pairs a processor-second
were measured beside other work. Read when torch is first imported, hence here."""

DATA = Path("../shared/datasets")


def main() -> int:
    """Run one command; returns the exit status."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    arguments = _parser().parse_args()
    if arguments.command != "export" and not (arguments.data / "squad").is_dir():
        sys.stderr.write(f"{arguments.data}: no data sets here; name their folder with --data\n")
        return 2
    from eval.scorer import fitting  # noqa: PLC0415 - torch takes seconds, --help should not

    if arguments.command == "fit":
        fitting.fit(
            arguments.data,
            arguments.out,
            seconds=arguments.minutes * 60,
            seed=arguments.seed,
            teacher=arguments.teacher,
        )
    elif arguments.command == "export":
        fitting.export_cross_encoder(arguments.source, arguments.out)
    else:
        figures = fitting.report(arguments.data, arguments.folder)
        sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.scorer", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    fit = commands.add_parser("fit", help="fit, export, calibrate and measure a scorer")
    fit.add_argument("--data", type=Path, default=DATA)
    fit.add_argument("--out", type=Path, required=True)
    fit.add_argument("--minutes", type=float, default=45, help="training time (45)")
    fit.add_argument("--seed", type=int, default=1)
    fit.add_argument("--teacher", type=Path, help="folder of a larger encoder to learn from (none)")
    export = commands.add_parser("export", help="export a CrossEncoder folder with one logit")
    export.add_argument("source", type=Path)
    export.add_argument("out", type=Path)
    report = commands.add_parser("report", help="measure a scorer's folder on held-out data")
    report.add_argument("folder", type=Path)
    report.add_argument("--data", type=Path, default=DATA)
    return parser


if __name__ == "__main__":
    sys.exit(main())
