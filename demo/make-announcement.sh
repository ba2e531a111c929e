#!/usr/bin/env bash
# Makes the announcements of a queue, to count false alarms on: make-announcement.sh OUT.flac
# (8 kHz, one channel, 80 s). Needs Debian's flite (speech), sox and flac:
#   apt-get install flite sox flac
# The same package versions give the same bytes.
set -euo pipefail
readonly RATE_HZ=8000
out=${1:?give the file to write, such as announcement.flac}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

texts=(
  "Thank you for calling. All our agents are busy at the moment. Please hold the line."
  "This call may be recorded for training and quality purposes."
  "For questions about your bill, press one. For repairs, press two. For anything else, press three."
  "You are number four in the queue. Your waiting time is about six minutes."
  "Did you know that you can find answers to many questions on our website?"
  "Our office is closed. We are open from Monday to Friday, from nine to five."
)

parts=()
for text in "${texts[@]}"; do
  for voice in slt rms; do
    part="$work/$(printf %03d "${#parts[@]}").wav"
    flite -voice "$voice" -t "$text" -o "$work/plain.wav"
    # Telephone band, and a pause after each text.
    sox -R "$work/plain.wav" -r "$RATE_HZ" "$part" norm -9 highpass 250 lowpass 3500 pad 0 1.5
    parts+=("$part")
  done
done
sox -R "${parts[@]}" -b 16 "$work/all.wav"
flac --silent --best --force -o "$out" "$work/all.wav"
