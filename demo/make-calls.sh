#!/usr/bin/env bash
# Makes the bundled calls from scripts/*.txt: calls/NAME.flac (8 kHz, channel 0 the customer,
# channel 1 the agent) and calls/NAME.csv (who speaks when, with which intended emotion).
# Needs Debian's flite (speech), praat (pitch), sox and flac:
#   apt-get install flite praat sox flac
# The same package versions give the same bytes.
#
# A script begins with the voices, "ROLE VOICE MEDIAN_PITCH_HZ", and goes on with the turns,
# "ROLE EMOTION PAUSE_BEFORE_S TEXT".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
readonly RATE_HZ=8000
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# How an emotion sounds: pitch factor, pitch range factor, duration factor, treble dB, gain dB.
prosody() {
  case $1 in
    neutral) echo 1.00 1.1 1.00 0 0 ;;
    happy) echo 1.40 2.6 0.92 3 2 ;;
    angry) echo 1.55 2.2 0.84 9 5 ;;
    sad) echo 0.92 0.7 1.30 -8 -6 ;;
    *) echo "emotion must be neutral, happy, angry or sad, but is '$1'" >&2; return 1 ;;
  esac
}

cat >"$work/pitch.praat" <<'PRAAT'
form pitch
  sentence in
  sentence out
  real medianHz
  real range
endform
random_initializeWithSeedUnsafelyButPredictably (1)
Read from file: in$
Change gender: 60, 500, 1.0, medianHz, range, 1.0
Save as WAV file: out$
PRAAT

# speak VOICE MEDIAN_PITCH_HZ EMOTION TEXT OUT: one turn, 8 kHz mono, telephone band.
speak() {
  local factor range duration treble gain
  read -r factor range duration treble gain < <(prosody "$3")
  flite -voice "$1" --setf duration_stretch="$duration" -t "$4" -o "$work/plain.wav"
  praat --run "$work/pitch.praat" "$work/plain.wav" "$work/pitched.wav" \
    "$(awk "BEGIN { print $2 * $factor }")" "$range"
  sox -R "$work/pitched.wav" -r "$RATE_HZ" "$5" norm -9 treble "$treble" 1500 highpass 250 \
    lowpass 3500 gain -l "$gain"
}

samples() { soxi -s "$1"; }

make_call() {
  local name=$1 begin=0 turn=0 role second third rest
  local -A voice=() pitch=()
  rm -f "$work"/customer-*.wav "$work"/agent-*.wav
  echo role,emotion,begin_ms,end_ms,text >"calls/$name.csv"
  while read -r role second third rest; do
    [[ $role == \#* || -z $role ]] && continue
    if [[ -z $rest ]]; then
      voice[$role]=$second pitch[$role]=$third
      continue
    fi
    speak "${voice[$role]}" "${pitch[$role]}" "$second" "$rest" "$work/turn.wav"
    begin=$((begin + $(awk "BEGIN { print int($third * $RATE_HZ) }")))
    sox -R "$work/turn.wav" "$work/$role-$(printf %03d $turn).wav" pad "${begin}s"
    echo "$role,$second,$((begin * 1000 / RATE_HZ)),$(((begin + $(samples "$work/turn.wav")) * 1000 / RATE_HZ)),\"$rest\"" \
      >>"calls/$name.csv"
    begin=$((begin + $(samples "$work/turn.wav")))
    turn=$((turn + 1))
  done <"scripts/$name.txt"
  begin=$((begin + RATE_HZ / 2))
  # Faint line noise lies under both sides.
  for role in customer agent; do
    sox -R -n -r "$RATE_HZ" -b 16 "$work/$role-noise.wav" synth "${begin}s" pinknoise vol 0.0006
    sox -R -m -v 1 "$work/$role-noise.wav" $(printf -- '-v 1 %s ' "$work/$role"-[0-9]*.wav) "$work/$role.wav"
  done
  sox -R -M "$work/customer.wav" "$work/agent.wav" -b 16 "$work/call.wav"
  flac --silent --best --force -o "calls/$name.flac" "$work/call.wav"
  echo "calls/$name.flac $((begin / RATE_HZ)) s"
}

for script in scripts/*.txt; do
  make_call "$(basename "$script" .txt)"
done
