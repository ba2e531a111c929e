import { useState } from "preact/hooks";
import { feedback } from "../model/api";
import { EMOTIONS } from "../model/emotions";
import { takesFeedback } from "../model/store";
import { text } from "../text";
import { emotionName } from "./EmotionNow";

/** "This label is wrong": who, when and what somebody heard instead goes to a topic. */
export function Feedback(props: {
  tenant: string;
  conversation: string;
  eventId: string;
  emotion: string | null;
}) {
  const { tenant, conversation, eventId, emotion } = props;
  const [state, setState] = useState<"open" | "sending" | "done" | "failed">("open");
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const heard = String(new FormData(event.currentTarget as HTMLFormElement).get("heard"));
    setState("sending");
    try {
      await feedback({
        tenant,
        conversation,
        eventId,
        rightEmotion: heard === "" ? null : heard,
      });
      setState("done");
    } catch {
      setState("failed");
    }
  };
  if (!takesFeedback.value) {
    return <p class="feedback hint">{text.feedback.noTopic}</p>;
  }
  if (state === "done") {
    return (
      <p class="feedback" role="status">
        {text.feedback.done}
      </p>
    );
  }
  return (
    <form class="feedback" onSubmit={(event) => void submit(event as SubmitEvent)}>
      <label>
        <span>{text.feedback.heard}</span>
        <select name="heard">
          <option value="">{text.feedback.unsure}</option>
          {EMOTIONS.filter((name) => name !== emotion).map((name) => (
            <option key={name} value={name}>
              {emotionName(name)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" disabled={state === "sending"}>
        {text.feedback.wrong}
      </button>
      {state === "failed" && <p role="alert">{text.feedback.failed}</p>}
    </form>
  );
}
