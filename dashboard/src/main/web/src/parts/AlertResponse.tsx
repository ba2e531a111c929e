import { useState } from "preact/hooks";
import { ApiError, respond, type Alert, type ResponseKind } from "../model/api";
import { timeOfDay } from "../model/format";
import { takesResponses } from "../model/store";
import { text } from "../text";

/** Who has acknowledged or taken an alert, and the buttons to do so. */
export function AlertResponse(props: {
  call: { tenant: string; conversation: string };
  alert: Alert;
}) {
  const { call, alert } = props;
  const { tenant, conversation } = call;
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState("");
  const send = async (kind: ResponseKind) => {
    setSending(true);
    try {
      // The stream tells what has become of it, here and on all other screens.
      await respond({ tenant, conversation, alertId: alert.alertId, kind });
      setFailure("");
    } catch (error: unknown) {
      const taken = error instanceof ApiError && error.status === 409;
      setFailure(taken ? error.message : text.alert.failed);
    }
    setSending(false);
  };
  return (
    <div class="response">
      <p role="status">{handled(alert)}</p>
      {kinds(alert).map((kind) => (
        <button
          key={kind}
          type="button"
          disabled={sending}
          aria-label={text.alert.of(NAMES[kind], alert.rule)}
          onClick={() => void send(kind)}
        >
          {NAMES[kind]}
        </button>
      ))}
      {!takesResponses.value && alert.state === "FIRING" && (
        <p class="hint">{text.alert.noTopic}</p>
      )}
      {failure !== "" && <p role="alert">{failure}</p>}
    </div>
  );
}

const NAMES: Record<ResponseKind, string> = {
  CLAIMED: text.alert.claim,
  ACKNOWLEDGED: text.alert.acknowledge,
  RELEASED: text.alert.release,
};

/** What can be done about an alert now. */
function kinds(alert: Alert): ResponseKind[] {
  if (!takesResponses.value || alert.state !== "FIRING") {
    return [];
  }
  if (alert.handling.claimedBy !== null) {
    return ["RELEASED"];
  }
  return alert.handling.acknowledgedBy === null
    ? ["CLAIMED", "ACKNOWLEDGED"]
    : ["CLAIMED", "RELEASED"];
}

function handled(alert: Alert): string {
  const { acknowledgedBy, acknowledgedAtMs, claimedBy, claimedAtMs } = alert.handling;
  if (claimedBy !== null) {
    return text.alert.claimedBy(claimedBy, timeOfDay(claimedAtMs ?? 0));
  }
  return acknowledgedBy === null
    ? ""
    : text.alert.acknowledgedBy(acknowledgedBy, timeOfDay(acknowledgedAtMs ?? 0));
}
