"""Makes the fixtures in src/test/resources/llama-variants: small random Llama checkpoints and adapters in the
files that Hugging Face transformers and peft write, and the logits that these libraries compute from them.

    pip install torch transformers peft
    python3 make_llama_variants.py ../resources/llama-variants

The committed files were made with the versions in their versions.json, on a CPU. All expected logits are float32;
weights are rounded to the precision of their file first.
"""

import json
import shutil
import sys
from pathlib import Path

import peft
import torch
import transformers
from peft import LoraConfig, get_peft_model
from transformers import LlamaConfig, LlamaForCausalLM

SHORT, LONG = 9, 27
VOCABULARY = 40


def base(seed, **settings):
    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=VOCABULARY, hidden_size=32, num_hidden_layers=2, intermediate_size=48, num_attention_heads=4,
        initializer_range=0.15, rms_norm_eps=1e-5, **{"num_key_value_heads": 2, **settings})
    model = LlamaForCausalLM(config).eval()
    for name, weight in model.named_parameters():
        if "norm" in name:
            torch.nn.init.uniform_(weight, 0.5, 1.5)
    return model


def rounded(model, dtype):
    """The model with weights of the precision, still computed in float32. Its rotary frequencies stay exact."""
    for weight in model.parameters():
        weight.data = weight.data.to(dtype).to(torch.float32)
    return model


def logits(model, vocabulary=VOCABULARY):
    """One sequence at a time, so that dynamic scaling sees its own length."""
    last, total, inputs = [], 0.0, []
    for length in (SHORT, LONG):
        ids = [(7 * i + length) % vocabulary for i in range(length)]
        with torch.no_grad():
            all_logits = model(torch.tensor([ids]), use_cache=False).logits[0]
        inputs.append(ids)
        last.append(all_logits[-1].tolist())
        total += all_logits.double().sum().item()
    return {"input_ids": inputs, "logits_last": last, "logits_sum": total}


def write(folder, expected):
    (folder / "expected.json").write_text(json.dumps(expected) + "\n")


def checkpoint(folder, model, dtype=torch.float32, shard="1GB"):
    model = rounded(model, dtype)
    expected = logits(model)
    model.to(dtype).save_pretrained(folder, max_shard_size=shard)
    (folder / "generation_config.json").unlink(missing_ok=True)
    write(folder, expected)


def adapter(folder, model, config, tokens=VOCABULARY):
    """An adapter with random factors, and what the base computes with it."""
    if tokens > VOCABULARY:
        model.resize_token_embeddings(tokens, mean_resizing=False)
    adapted = get_peft_model(model, config).eval()
    torch.manual_seed(99)
    for name, weight in adapted.named_parameters():
        if "lora_" in name:
            torch.nn.init.normal_(weight, std=0.2)
        elif "modules_to_save" in name:
            torch.nn.init.normal_(weight, std=0.15)
    expected = logits(adapted, tokens)
    adapted.save_pretrained(folder, save_embedding_layers=tokens > VOCABULARY)
    (folder / "README.md").unlink(missing_ok=True)
    write(folder, expected)


def main(out):
    shutil.rmtree(out, ignore_errors=True)
    scaling = "rope_parameters"
    checkpoint(out / "linear-sharded-f32", base(1, **{scaling: {
        "rope_type": "linear", "rope_theta": 10000.0, "factor": 4.0}}), shard="20KB")
    checkpoint(out / "dynamic-f16", base(2, max_position_embeddings=16, **{scaling: {
        "rope_type": "dynamic", "rope_theta": 10000.0, "factor": 2.0}}), torch.float16)
    checkpoint(out / "llama3-tied-bf16", base(3, num_key_value_heads=1, tie_word_embeddings=True, **{scaling: {
        "rope_type": "llama3", "rope_theta": 500.0, "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
        "original_max_position_embeddings": 64}}), torch.bfloat16)
    checkpoint(out / "plain-bf16", base(4), torch.bfloat16)

    plain = lambda: rounded(base(4), torch.bfloat16)
    adapter(out / "lora-patterns", plain(), LoraConfig(
        r=4, lora_alpha=6, target_modules=["q_proj", "v_proj", "mlp.down_proj"], use_rslora=True,
        rank_pattern={"down_proj": 3, "layers.1.self_attn.v_proj": 2}, alpha_pattern={r"layers\.0.*q_proj": 5}))
    adapter(out / "lora-regex", plain(), LoraConfig(
        r=4, lora_alpha=8, target_modules=r".*layers\.1\.(self_attn\.(k|o)_proj|mlp\.(gate|up)_proj)"))
    adapter(out / "lora-added-tokens", plain(), LoraConfig(
        r=2, lora_alpha=4, target_modules=["q_proj"], modules_to_save=["embed_tokens", "lm_head"]), VOCABULARY + 8)
    adapter(out / "lora-resized", plain(), LoraConfig(
        r=2, lora_alpha=4, target_modules="all-linear"), VOCABULARY + 8)
    versions = {library.__name__: library.__version__ for library in (torch, transformers, peft)}
    (out / "versions.json").write_text(json.dumps(versions, indent=2) + "\n")


main(Path(sys.argv[1]))
