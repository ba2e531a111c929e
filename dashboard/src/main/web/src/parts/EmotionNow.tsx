import { certainty } from "../model/emotions";
import { percent } from "../model/format";
import { text } from "../text";
import { EmotionFace } from "./EmotionFace";

export function emotionName(emotion: string | null): string {
  return emotion === null ? text.emotion["none"]! : (text.emotion[emotion] ?? emotion);
}

/** An emotion with its certainty: as a ring, and in words. */
export function EmotionNow(props: { emotion: string | null; confidence: number | null }) {
  const { emotion, confidence } = props;
  const sure = certainty(confidence);
  return (
    <span class={`emotion-now certainty-${sure}`}>
      <EmotionFace emotion={emotion} confidence={confidence} />
      <span class="emotion-words">
        <span class="emotion-name">{emotionName(emotion)}</span>
        {confidence !== null && (
          <span class="emotion-certainty">
            {percent(confidence)} % · {text.certainty[sure]}
          </span>
        )}
      </span>
    </span>
  );
}
