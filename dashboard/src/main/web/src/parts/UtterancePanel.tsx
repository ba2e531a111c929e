import type { ComponentChildren } from "preact";
import type { Probabilities, Utterance } from "../model/api";
import { stackOrder } from "../model/emotions";
import { offset, percent } from "../model/format";
import { text } from "../text";
import { EmotionNow, emotionName } from "./EmotionNow";

/** All that an event says about an utterance. */
export function UtterancePanel(props: {
  utterance: Utterance;
  position: number;
  of: number;
  onStep: (by: number) => void;
  children?: ComponentChildren;
}) {
  const { utterance, position, of, onStep } = props;
  return (
    <section class="panel utterance" aria-label={text.call.selected(position, of)}>
      <div class="steps">
        <button
          type="button"
          aria-label={text.call.previous}
          disabled={position <= 1}
          onClick={() => onStep(-1)}
        >
          ←
        </button>
        <h2>{text.call.selected(position, of)}</h2>
        <button
          type="button"
          aria-label={text.call.next}
          disabled={position >= of}
          onClick={() => onStep(1)}
        >
          →
        </button>
      </div>
      <p class="muted">
        {text.role[utterance.role] ?? utterance.role} · {offset(utterance.beginMs)} –{" "}
        {offset(utterance.endMs)}
      </p>
      <EmotionNow emotion={utterance.emotion} confidence={utterance.confidence} />
      {utterance.shift && utterance.previousEmotion !== null && (
        <p class="shift-note">{text.call.shiftFrom(emotionName(utterance.previousEmotion))}</p>
      )}
      {utterance.probabilities !== null && (
        <Bars
          probabilities={utterance.probabilities}
          withoutMemory={utterance.withoutMemory}
        />
      )}
      <dl class="facts">
        <Fact name={text.call.step} hint={text.call.stepHint}>
          {utterance.updateStep}
        </Fact>
        {utterance.updateLoss !== null && (
          <Fact name={text.call.loss} hint={text.call.lossHint}>
            {utterance.updateLoss.toFixed(2)}
          </Fact>
        )}
        <Fact name={text.call.model}>{utterance.modelVersion}</Fact>
      </dl>
      <Notes utterance={utterance} />
      {props.children}
    </section>
  );
}

function Notes(props: { utterance: Utterance }) {
  const { missingAudioMs, memoryReset, shed } = props.utterance;
  const notes = [
    missingAudioMs > 0 ? text.call.missing((missingAudioMs / 1000).toFixed(1)) : null,
    memoryReset !== null ? text.call.reset : null,
    shed !== null ? text.call.shed : null,
  ].filter((note) => note !== null);
  return (
    <>
      {notes.map((note) => (
        <p class="warning" key={note}>
          {note}
        </p>
      ))}
    </>
  );
}

/** A bar for each emotion; the mark on it is the estimate without memory. */
function Bars(props: { probabilities: Probabilities; withoutMemory: Probabilities | null }) {
  const { probabilities, withoutMemory } = props;
  return (
    <>
      <dl class="bars">
        {stackOrder(Object.keys(probabilities)).map((emotion) => {
          const share = probabilities[emotion] ?? 0;
          const without = withoutMemory?.[emotion];
          return (
            <div key={emotion}>
              <dt>{emotionName(emotion)}</dt>
              <dd>
                <span class="bar">
                  <span
                    class={`bar-fill emotion-${emotion}`}
                    style={{ width: `${100 * share}%` }}
                  />
                  {without !== undefined && (
                    <span class="bar-mark" style={{ left: `${100 * without}%` }} />
                  )}
                </span>
                <span class="bar-value">{percent(share)} %</span>
              </dd>
            </div>
          );
        })}
      </dl>
      {withoutMemory !== null && (
        <p class="legend">
          <span class="mark-sample" aria-hidden="true" /> {text.call.withoutMemory}
        </p>
      )}
    </>
  );
}

function Fact(props: { name: string; hint?: string; children: ComponentChildren }) {
  return (
    <div title={props.hint}>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
