import { useEffect, useRef } from "preact/hooks";
import type { Utterance } from "../model/api";
import { certainty } from "../model/emotions";
import { offset, percent } from "../model/format";
import type { Span } from "../model/zoom";
import { text } from "../text";
import { emotionName } from "./EmotionNow";
import { LEFT, RIGHT } from "./Plot";

/** The spans of all utterances, one lane for each side. */
export function SpeechTrack(props: {
  utterances: Utterance[];
  span: Span;
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
  }, [props.selected, props.hasFocus, props.span.from]);
  return (
    <div class="track" role="group" aria-label={text.call.speech}>
      {channels.map((channel) => {
        const ofSide = props.utterances.filter((utterance) => utterance.channel === channel);
        const spoken = ofSide.filter((utterance) => isIn(props.span, utterance));
        return (
          <div class="lane" key={channel}>
            <span class="lane-name" style={{ width: `${LEFT - 6}px` }}>
              {text.role[ofSide[0]?.role ?? ""]}
            </span>
            <div class="lane-spans" style={{ marginLeft: `${LEFT}px`, marginRight: `${RIGHT}px` }}>
              {spoken.map((utterance) => (
                <Spoken
                  key={utterance.eventId}
                  utterance={utterance}
                  span={props.span}
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

function isIn(span: Span, utterance: Utterance): boolean {
  return utterance.endMs / 1000 > span.from && utterance.beginMs / 1000 < span.to;
}

function Spoken(props: {
  utterance: Utterance;
  span: Span;
  selected: boolean;
  alarming: boolean;
  anchor: { current: HTMLButtonElement | null } | null;
  onSelect: (eventId: string) => void;
}) {
  const { utterance, span, selected, alarming, anchor, onSelect } = props;
  const percentOf = (seconds: number) => (100 * seconds) / (span.to - span.from);
  const begin = Math.max(span.from, utterance.beginMs / 1000);
  const left = percentOf(begin - span.from);
  const width = percentOf(Math.min(span.to, utterance.endMs / 1000) - begin);
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
