import { useEffect, useRef } from "preact/hooks";
import type { Utterance } from "../model/api";
import { certainty } from "../model/emotions";
import { offset, percent } from "../model/format";
import { text } from "../text";
import { emotionName } from "./EmotionNow";
import { LEFT, RIGHT } from "./Plot";

/** The spans of all utterances, one lane for each side. */
export function SpeechTrack(props: {
  utterances: Utterance[];
  seconds: number;
  selected: string | null;
  onSelect: (eventId: string) => void;
  hasFocus: boolean;
  /** Event ids of utterances that alerts were made from. */
  evidence: ReadonlySet<string>;
}) {
  const channels = [...new Set(props.utterances.map((utterance) => utterance.channel))].sort();
  const chosen = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (props.hasFocus) {
      chosen.current?.focus();
    }
  }, [props.selected, props.hasFocus]);
  return (
    <div class="track" role="group" aria-label={text.call.speech}>
      {channels.map((channel) => {
        const spoken = props.utterances.filter((utterance) => utterance.channel === channel);
        return (
          <div class="lane" key={channel}>
            <span class="lane-name" style={{ width: `${LEFT - 6}px` }}>
              {text.role[spoken[0]?.role ?? ""]}
            </span>
            <div class="lane-spans" style={{ marginLeft: `${LEFT}px`, marginRight: `${RIGHT}px` }}>
              {spoken.map((utterance) => (
                <Span
                  key={utterance.eventId}
                  utterance={utterance}
                  seconds={props.seconds}
                  selected={utterance.eventId === props.selected}
                  alarming={props.evidence.has(utterance.eventId)}
                  anchor={utterance.eventId === props.selected ? chosen : null}
                  onSelect={props.onSelect}
                />
              ))}
            </div>
          </div>
        );
      })}
    </div>
  );
}

function Span(props: {
  utterance: Utterance;
  seconds: number;
  selected: boolean;
  alarming: boolean;
  anchor: { current: HTMLButtonElement | null } | null;
  onSelect: (eventId: string) => void;
}) {
  const { utterance, seconds, selected, alarming, anchor, onSelect } = props;
  const left = utterance.beginMs / 10 / seconds;
  const width = (utterance.endMs - utterance.beginMs) / 10 / seconds;
  return (
    <button
      type="button"
      ref={anchor}
      tabIndex={selected ? 0 : -1}
      aria-pressed={selected}
      aria-label={describe(utterance)}
      title={describe(utterance)}
      class={`span emotion-${utterance.emotion ?? "none"} certainty-${certainty(utterance.confidence)}`}
      style={{ left: `${left}%`, width: `max(5px, ${width}%)` }}
      onClick={() => onSelect(utterance.eventId)}
    >
      {alarming && <span class="alarm" aria-hidden="true" />}
      {utterance.shift && <span class="shift" aria-hidden="true" />}
    </button>
  );
}

export function describe(utterance: Utterance): string {
  return text.call.describe(
    text.role[utterance.role] ?? utterance.role,
    offset(utterance.beginMs),
    offset(utterance.endMs),
    emotionName(utterance.emotion),
    text.certainty.of(percent(utterance.confidence ?? 0)),
  );
}
