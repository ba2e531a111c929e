"""Makes the fixtures of CosyVoice2's tokenizer: a small random ONNX model with its signature, and the codes that it
gives for Whisper's log-mel spectrum of a made-up sound.

    pip install openai-whisper onnx
    python3 make_cosyvoice_fixture.py ../resources/cosyvoice

The real model is 496 MB and not part of this project. The committed files were made with the versions in
expected.json, on a CPU.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
import whisper
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

RATE, BANDS, WIDTH, SEED = 16_000, 128, 16, 5


def sound(seconds):
    """A rising tone that swells and fades, as CosyVoiceTokenizerTest makes it."""
    t = np.arange(int(seconds * RATE)) / RATE
    wave = 0.3 * np.sin(2 * np.pi * (150 + 40 * t) * t) * (0.5 + 0.5 * np.sin(2 * np.pi * 0.7 * t))
    return np.round(wave * 32767) / 32768


def model():
    random = np.random.default_rng(SEED)
    weights = {
        "conv1": random.normal(0, 0.12, (WIDTH, BANDS, 3)), "conv2": random.normal(0, 0.4, (WIDTH, WIDTH, 3)),
        "values": random.normal(0, 0.6, (WIDTH, 8)), "scale": np.array(0.999), "one": np.array(1.0),
        "places": 3.0 ** np.arange(8).reshape(8, 1)}
    node = helper.make_node
    convolution = {"kernel_shape": [3], "strides": [2], "pads": [1, 1]}
    nodes = [
        node("Conv", ["feats", "conv1"], ["a"], **convolution), node("Tanh", ["a"], ["b"]),
        node("Conv", ["b", "conv2"], ["c"], **convolution), node("Transpose", ["c"], ["d"], perm=[0, 2, 1]),
        node("MatMul", ["d", "values"], ["e"]), node("Tanh", ["e"], ["f"]), node("Mul", ["f", "scale"], ["g"]),
        node("Round", ["g"], ["h"]), node("Add", ["h", "one"], ["i"]), node("MatMul", ["i", "places"], ["j"]),
        node("Squeeze", ["j", "last"], ["k"]), node("Cast", ["k"], ["indices"], to=TensorProto.INT32),
        node("Identity", ["feats_length"], ["length"])]
    initializers = [numpy_helper.from_array(np.asarray(value, np.float32), name) for name, value in weights.items()]
    initializers.append(numpy_helper.from_array(np.array([2], np.int64), "last"))
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        nodes, "small-speech-tokenizer",
        [value("feats", TensorProto.FLOAT, [1, BANDS, "T"]), value("feats_length", TensorProto.INT32, [1])],
        [value("indices", TensorProto.INT32, [1, "N"]), value("length", TensorProto.INT32, [1])], initializers)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    made.ir_version = 9
    onnx.checker.check_model(made)
    return made


def other_inputs():
    """A model that is no speech tokenizer."""
    value = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1])
    result = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1])
    made = helper.make_model(
        helper.make_graph([helper.make_node("Identity", ["x"], ["y"])], "other", [value], [result]),
        opset_imports=[helper.make_opsetid("", 17)])
    made.ir_version = 9
    return made


def main(out):
    out.mkdir(parents=True, exist_ok=True)
    made = model()
    onnx.save(made, out / "small_speech_tokenizer.onnx")
    onnx.save(other_inputs(), out / "other_inputs.onnx")
    evaluator = ReferenceEvaluator(made)
    mel = whisper.log_mel_spectrogram(torch.tensor(sound(3), dtype=torch.float32), n_mels=BANDS)
    feats = mel.numpy()[None]
    length = np.array([mel.shape[1]], np.int32)
    codes = evaluator.run(None, {"feats": feats, "feats_length": length})[0].flatten()
    expected = {
        "versions": {module.__name__: module.__version__ for module in (torch, whisper, onnx)},
        "frames": mel.shape[1], "mel": np.round(mel.numpy()[:, ::10].T.astype(float), 5).flatten().tolist(),
        "codes": codes.tolist()}
    (out / "expected.json").write_text(json.dumps(expected) + "\n")
    print(mel.shape, codes[:20], len(set(codes.tolist())))


main(Path(sys.argv[1]))
