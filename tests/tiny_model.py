"""A real language model of a few kilobytes that says what it was made to say.

A Llama whose attention and feed-forward parts add nothing: what follows depends on the last word
alone, by a table that stands in its output weights. Tokens are words.
"""

from itertools import pairwise
from pathlib import Path

TEMPLATE = (
    "{% for message in messages %}{{ message['content'] }}\n{% endfor %}"
    "{% if add_generation_prompt %}<answer>{% endif %}"
)


def save_tiny_model(folder: Path, said: str, *, ends: bool = True, room: int = 8192) -> Path:
    """Save a model that says these words, each at most once, and then ends or begins anew."""
    import torch
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import WhitespaceSplit
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    words = said.split()
    assert len(set(words)) == len(words)
    names = ["<unk>", "<end>", "<answer>", *words]
    tokenizer = Tokenizer(WordLevel({name: at for at, name in enumerate(names)}, "<unk>"))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="<unk>", eos_token="<end>", pad_token="<end>"
    )
    fast.chat_template = TEMPLATE
    fast.save_pretrained(folder)
    size = len(names) + len(names) % 2
    config = LlamaConfig(
        vocab_size=len(names),
        hidden_size=size,
        intermediate_size=4,
        num_hidden_layers=1,
        num_attention_heads=1,
        max_position_embeddings=room,
        tie_word_embeddings=False,
        bos_token_id=2,
        eos_token_id=1,
        pad_token_id=1,
    )
    model = LlamaForCausalLM(config)
    order = [2, *range(3, len(names)), 1 if ends else 3]
    with torch.no_grad():
        for name, weights in model.named_parameters():
            if name.endswith(("o_proj.weight", "down_proj.weight")):
                weights.zero_()
        model.model.embed_tokens.weight.copy_(torch.eye(len(names), size))
        model.lm_head.weight.zero_()
        for at, after in pairwise(order):
            model.lm_head.weight[after, at] = 10.0
    model.save_pretrained(folder)
    return folder
