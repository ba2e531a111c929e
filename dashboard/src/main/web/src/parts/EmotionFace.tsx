import { certainty } from "../model/emotions";

const MOUTH: Record<string, string> = {
  happy: "M8 14.2c1.9 2.6 6.1 2.6 8 0",
  neutral: "M8.3 15h7.4",
  sad: "M8 16.2c1.9-2.5 6.1-2.5 8 0",
  angry: "M8.3 16.3c2-1.7 5.4-1.7 7.4 0",
};
const CIRCUMFERENCE = 2 * Math.PI * 15;

/** A face in a ring: the ring is as long as the estimate is certain, and dotted for a guess. */
export function EmotionFace(props: { emotion: string | null; confidence: number | null }) {
  const { emotion, confidence } = props;
  const name = emotion ?? "none";
  const mouth = MOUTH[name];
  const sure = certainty(confidence);
  return (
    <svg class={`face emotion-${name} certainty-${sure}`} viewBox="0 0 36 36" aria-hidden="true">
      <circle class="face-track" cx="18" cy="18" r="15" />
      <circle
        class="face-ring"
        cx="18"
        cy="18"
        r="15"
        stroke-dasharray={
          sure === "low" ? "1.5 4" : `${(confidence ?? 0) * CIRCUMFERENCE} ${CIRCUMFERENCE}`
        }
        transform="rotate(-90 18 18)"
      />
      <g transform="translate(6 6)" class="face-lines">
        {mouth === undefined ? (
          <path d="M9.4 9.6c0-3.6 5.2-3.4 5.2-.2 0 2.2-2.6 2.3-2.6 4.4M12 17.2v.1" />
        ) : (
          <>
            <path d={mouth} />
            {name === "angry" ? (
              <path d="M7.4 8l2.8 1.5M16.6 8l-2.8 1.5M9.4 10.9v.1M14.6 10.9v.1" />
            ) : (
              <path d="M9 9.6v.1M15 9.6v.1" />
            )}
          </>
        )}
      </g>
    </svg>
  );
}
