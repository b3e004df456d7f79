"""How a graph is run over many texts: its session's settings, and texts of like length together.

Knows onnxruntime and token counts. Knows nothing of what a graph computes.
"""

from collections.abc import Iterator, Sequence

import onnxruntime


def make_options(threads: int) -> onnxruntime.SessionOptions:
    """Make settings that were measured with all-MiniLM-L6-v2 (resident memory after 60 queries).

    The weights lie in a file of their own, which onnxruntime maps: 119 MB against 175 MB with the
    weights inside the graph. Without the memory pattern long texts leave less behind. Threads that
    spin while idle take the processor from the rest of the server.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options


def group_by_length(lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """Group rows of like length, so that little is padded; each batch has at most `most` tokens."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda row: (lengths[row], row)):
        if batch and (len(batch) + 1) * lengths[row] > most:
            yield batch
            batch = []
        batch.append(row)
    yield batch
