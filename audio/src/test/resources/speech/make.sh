#!/bin/sh
# Makes three-sentences.flac: 8 kHz, 16 bit, three sentences with pauses over a little noise.
# Needs espeak-ng, sox and flac.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

espeak-ng -m -v en-gb -s 150 -w "$work/spoken.wav" '<speak><break time="600ms"/>
Good morning, my order has not arrived.<break time="1200ms"/>
I have been waiting for more than two weeks now, and nobody can tell me where it is.<break time="900ms"/>
Please help me.<break time="800ms"/></speak>'
sox "$work/spoken.wav" -r 8000 -b 16 "$work/speech.wav" gain -3
seconds=$(soxi -D "$work/speech.wav")
sox -R -n -r 8000 -b 16 "$work/noise.wav" synth "$seconds" pinknoise gain -50
sox -m -v 1 "$work/speech.wav" -v 1 "$work/noise.wav" -b 16 "$work/mixed.wav"
flac --silent --best --force --output-name=three-sentences.flac "$work/mixed.wav"
