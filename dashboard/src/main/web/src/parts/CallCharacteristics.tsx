import type { ComponentChildren } from "preact";
import type { Characteristics, Voice } from "../model/api";
import { clock } from "../model/format";
import { text } from "../text";

/** What is said of a call as a whole, after its end. */
export function CallCharacteristics(props: { call: Characteristics }) {
  const { callScore, recoveryTimeMs, nonTalkTimeMs, interruptions, voices } = props.call;
  return (
    <section class="panel">
      <h2>{text.call.characteristics}</h2>
      <dl class="facts">
        {callScore !== null && (
          <Fact name={text.call.score}>{text.call.scoreOf(callScore)}</Fact>
        )}
        {recoveryTimeMs !== null && (
          <Fact name={text.call.recovery}>{text.call.recoveryAfter(clock(recoveryTimeMs))}</Fact>
        )}
        {voices.map((voice) => (
          <Fact key={voice.role} name={text.call.talkTime(role(voice.role))}>
            {[clock(voice.talkTimeMs), ...manner(voice)].join(", ")}
          </Fact>
        ))}
        {nonTalkTimeMs !== null && (
          <Fact name={text.call.silence}>{clock(nonTalkTimeMs)}</Fact>
        )}
        {interruptions !== null && (
          <Fact name={text.call.interruptions}>{byRole(interruptions)}</Fact>
        )}
      </dl>
      {interruptions === null && <p class="hint">{text.call.oneSide}</p>}
    </section>
  );
}

function Fact(props: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

const role = (name: string) => text.role[name] ?? name;

function manner(voice: Voice): string[] {
  return [
    ...(voice.syllablesPerSecond === null
      ? []
      : [text.call.pace(voice.syllablesPerSecond.toFixed(1))]),
    ...(voice.loudnessDbfs === null
      ? []
      : [text.call.loudness(String(Math.round(voice.loudnessDbfs)).replace("-", "−"))]),
  ];
}

function byRole(interruptions: { by: string }[]): string {
  const times = new Map<string, number>();
  interruptions.forEach(({ by }) => times.set(by, (times.get(by) ?? 0) + 1));
  return times.size === 0
    ? text.call.noInterruptions
    : [...times].map(([by, n]) => text.call.interruptedBy(role(by), n)).join(", ");
}
