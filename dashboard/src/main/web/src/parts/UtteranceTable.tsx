import type { Utterance } from "../model/api";
import { offset, percent } from "../model/format";
import { text } from "../text";
import { emotionName } from "./EmotionNow";

/** All utterances as a table: for reading aloud, and for copying. */
export function UtteranceTable(props: {
  utterances: Utterance[];
  selected: string | null;
  onSelect: (eventId: string) => void;
}) {
  return (
    <details class="panel">
      <summary>{text.call.list}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.call.column.time}</th>
            <th scope="col">{text.call.column.side}</th>
            <th scope="col">{text.call.column.emotion}</th>
            <th scope="col" class="number">
              {text.call.column.certainty}
            </th>
            <th scope="col" class="number">
              {text.call.column.memory}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.utterances.map((utterance) => (
            <tr
              key={utterance.eventId}
              class={utterance.eventId === props.selected ? "selected" : ""}
            >
              <td>
                <button
                  type="button"
                  class="link"
                  onClick={() => props.onSelect(utterance.eventId)}
                >
                  {offset(utterance.beginMs)}
                </button>
              </td>
              <td>{text.role[utterance.role] ?? utterance.role}</td>
              <td>
                <span class={`swatch emotion-${utterance.emotion ?? "none"}`} aria-hidden="true" />
                {emotionName(utterance.emotion)}
                {utterance.shift && utterance.previousEmotion !== null && (
                  <span class="muted">
                    {" "}
                    ({text.call.shiftFrom(emotionName(utterance.previousEmotion))})
                  </span>
                )}
              </td>
              <td class="number">{percent(utterance.confidence ?? 0)} %</td>
              <td class="number">{utterance.updateStep}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
