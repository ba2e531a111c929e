#!/usr/bin/env python3
"""Makes 100 ms of two tones (left 440 Hz, right 1000 Hz, amplitude 0.5) as FLAC of three widths.

Needs flac.
"""
import math
import pathlib
import subprocess

HERE = pathlib.Path(__file__).parent

for rate, bits in (8000, 8), (44100, 16), (48000, 24):
    samples = bytearray()
    for i in range(rate // 10):
        for hz in 440, 1000:
            value = round(0.5 * math.sin(2 * math.pi * hz * i / rate) * 2 ** (bits - 1))
            samples += value.to_bytes(bits // 8, "little", signed=True)
    subprocess.run(
        ["flac", "--silent", "--best", "--force", "--force-raw-format", "--endian=little",
         "--sign=signed", "--channels=2", f"--bps={bits}", f"--sample-rate={rate}",
         f"--output-name={HERE}/stereo-{bits}bit.flac", "-"],
        input=bytes(samples), check=True)
