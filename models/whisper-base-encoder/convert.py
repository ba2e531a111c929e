"""Writes the encoder of a Whisper model as model.safetensors, with Hugging Face's tensor names.

MODEL is the model.bin of CTranslate2 (fp16 or float32) or the model.safetensors of Hugging Face; the config.json beside
the latter goes with it. The final layer norm is kept where all layers are. Needs numpy and safetensors.
"""
import argparse
import json
import re
import struct
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

PREFIX = 'model.encoder.'
DTYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}


class Reader:
    """Reads numbers and strings of CTranslate2's format from the front of some bytes."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def number(self, code):
        value, = struct.unpack_from('<' + code, self.data, self.at)
        self.at += struct.calcsize(code)
        return value

    def text(self):
        length = self.number('H')
        value = self.data[self.at:self.at + length].rstrip(b'\0').decode()
        self.at += length
        return value

    def tensor(self):
        name = self.text()
        shape = [self.number('I') for _ in range(self.number('B'))]
        dtype, size = np.dtype(DTYPES[self.number('B')]), self.number('I')
        values = np.frombuffer(self.data, dtype, size // dtype.itemsize, self.at).reshape(shape)
        self.at += size
        return name, values


def read_ctranslate2(path):
    reader = Reader(path.read_bytes())
    version, spec, _ = reader.number('I'), reader.text(), reader.number('I')
    if (version, spec) != (6, 'WhisperSpec'):
        raise SystemExit(f'{path} must be a WhisperSpec of version 6, but is {spec} of version {version}')
    return dict(reader.tensor() for _ in range(reader.number('I')))


def layer_of_ctranslate2(source, layer):
    """One layer's tensors under Hugging Face's names."""
    old, new, out = f'encoder/layer_{layer}/', f'{PREFIX}layers.{layer}.', {}
    for part in ('weight', 'bias'):
        fused = source[f'{old}self_attention/linear_0/{part}']
        for name, piece in zip(('q_proj', 'k_proj', 'v_proj'), np.split(fused, 3)):
            if (name, part) != ('k_proj', 'bias'):  # Whisper's keys have no bias; the file holds zeros.
                out[f'{new}self_attn.{name}.{part}'] = piece
        out[f'{new}self_attn.out_proj.{part}'] = source[f'{old}self_attention/linear_1/{part}']
        out[f'{new}fc1.{part}'] = source[f'{old}ffn/linear_0/{part}']
        out[f'{new}fc2.{part}'] = source[f'{old}ffn/linear_1/{part}']
    for part, name in (('weight', 'gamma'), ('bias', 'beta')):
        out[f'{new}self_attn_layer_norm.{part}'] = source[f'{old}self_attention/layer_norm/{name}']
        out[f'{new}final_layer_norm.{part}'] = source[f'{old}ffn/layer_norm/{name}']
    return out


def of_ctranslate2(path):
    source = read_ctranslate2(path)
    out = {f'{PREFIX}{conv}.{part}': source[f'encoder/{conv}/{part}']
           for conv in ('conv1', 'conv2') for part in ('weight', 'bias')}
    out[PREFIX + 'embed_positions.weight'] = source['encoder/position_encodings/encodings']
    layer = 0
    while f'encoder/layer_{layer}/ffn/linear_0/weight' in source:
        out.update(layer_of_ctranslate2(source, layer))
        layer += 1
    for part, name in (('weight', 'gamma'), ('bias', 'beta')):
        out[f'{PREFIX}layer_norm.{part}'] = source[f'encoder/layer_norm/{name}']
    return out


def of_hugging_face(path):
    return {name: values for name, values in load_file(path).items() if name.startswith(PREFIX)}


def save(path, tensors, source):
    """Writes a safetensors file. The library's own writer orders the metadata differently from run to run."""
    tensors = sorted(tensors.items(), key=lambda item: (-item[1].itemsize, item[0]))
    header, end = {'__metadata__': {'format': 'pt', 'source': source}}, 0
    for name, values in tensors:
        begin, end = end, end + values.nbytes
        header[name] = {'dtype': f'F{8 * values.itemsize}', 'shape': values.shape, 'data_offsets': [begin, end]}
    text = json.dumps(header, separators=(',', ':')).encode()
    text += b' ' * (-len(text) % 8)
    with open(path, 'wb') as file:
        file.write(struct.pack('<Q', len(text)) + text)
        for _, values in tensors:
            file.write(np.ascontiguousarray(values).tobytes())


def layer_of(name):
    """The layer that a tensor belongs to, from 0 on, or None."""
    match = re.match(re.escape(PREFIX) + r'layers\.(\d+)\.', name)
    return int(match[1]) if match else None


def first_layers(tensors, layers):
    return {name: values for name, values in tensors.items()
            if (layer_of(name) or 0) < layers and not name.startswith(PREFIX + 'layer_norm.')}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('model', type=Path, metavar='MODEL')
    parser.add_argument('out', type=Path, metavar='OUT_DIR')
    parser.add_argument('--layers', type=int, help='how many to keep, from the first on (default: all)')
    parser.add_argument('--source', help='origin and licence, a note in the file')
    args = parser.parse_args()

    hugging_face = args.model.suffix == '.safetensors'
    tensors = of_hugging_face(args.model) if hugging_face else of_ctranslate2(args.model)
    total = 1 + max(layer_of(name) or 0 for name in tensors)
    layers = total if args.layers is None else args.layers
    if not 1 <= layers <= total:
        parser.error(f'--layers must be from 1 to {total}, but is {layers}')
    if layers < total:
        tensors = first_layers(tensors, layers)

    args.out.mkdir(parents=True, exist_ok=True)
    save(args.out / 'model.safetensors', tensors, args.source or str(args.model))
    config = args.model.parent / 'config.json'
    if hugging_face and config.exists():
        fields = {**json.loads(config.read_text()), 'encoder_layers': layers}
        (args.out / 'config.json').write_text(json.dumps(fields, indent=2) + '\n')
    print(len(tensors), 'tensors,', sum(values.nbytes for values in tensors.values()), 'bytes')


if __name__ == '__main__':
    main()
