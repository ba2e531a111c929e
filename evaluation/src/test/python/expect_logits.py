"""Writes what Hugging Face transformers and peft compute from the files of a model's folder.
`undertone verify-model FOLDER --expected FILE` compares with it.

    pip install torch transformers peft
    python3 expect_logits.py FOLDER FILE

All weights are widened to float32. A weight that is missing or that no module takes is an error.
"""

import json
import sys
from pathlib import Path

import peft
import torch
import transformers
from peft import PeftModel
from safetensors import safe_open
from transformers import AutoModelForCausalLM

LENGTHS = (9, 27, 64)


def base(folder):
    model, loading = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager", output_loading_info=True)
    problems = {name: sorted(keys) for name, keys in loading.items() if keys}
    if problems:
        sys.exit(f"base: {problems}")
    return model


def adapted(model, folder):
    with safe_open(folder / "adapter_model.safetensors", "pt") as file:
        rows = {file.get_slice(name).get_shape()[0] for name in file.keys() if name.endswith(
            ("embed_tokens.weight", "lm_head.weight"))}
    # Tables of added tokens fit into a base of as many rows only.
    for added in rows:
        model.resize_token_embeddings(added, mean_resizing=False)
    model = PeftModel.from_pretrained(model, folder)
    loaded = model.load_adapter(folder, "default")
    if loaded.missing_keys or loaded.unexpected_keys:
        sys.exit(f"adapter: missing {loaded.missing_keys}, unexpected {loaded.unexpected_keys}")
    return model


def main(folder, file):
    model = base(folder)
    if (folder / "emotion-lora").is_dir():
        model = adapted(model, folder / "emotion-lora")
    model.eval()
    vocabulary = model.get_output_embeddings().weight.shape[0]
    inputs, last = [], []
    for length in LENGTHS:
        ids = [(i * (vocabulary // length + 1) + length) % vocabulary for i in range(length)]
        with torch.no_grad():
            logits = model(torch.tensor([ids]), use_cache=False).logits[0, -1]
        inputs.append(ids)
        last.append(logits.tolist())
    file.write_text(json.dumps({"input_ids": inputs, "logits_last": last}) + "\n")
    print({library.__name__: library.__version__ for library in (torch, transformers, peft)})


main(Path(sys.argv[1]), Path(sys.argv[2]))
