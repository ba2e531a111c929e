import type { Alert, CallRow, Firing, Handling, SideRow, Utterance } from "./api";

/** Documents for tests; what a test does not name is unimportant. */
export function row(changes: Partial<CallRow> = {}): CallRow {
  return {
    tenant: "acme",
    conversation: "c1",
    live: true,
    startMs: 1000,
    lengthMs: 5000,
    need: 10,
    reasons: [],
    sides: [side()],
    attributes: {},
    alerts: [],
    lastNewsMs: 6000,
    endReason: null,
    overallEmotion: null,
    ...changes,
  };
}

export function side(changes: Partial<SideRow> = {}): SideRow {
  return {
    channel: 0,
    role: "CUSTOMER",
    utterances: 1,
    shifts: 0,
    emotion: "neutral",
    confidence: 0.8,
    probabilities: null,
    trace: [],
    ...changes,
  };
}

export function utterance(changes: Partial<Utterance> = {}): Utterance {
  return {
    eventId: "e1",
    revision: 0,
    channel: 0,
    role: "CUSTOMER",
    index: 0,
    beginMs: 0,
    endMs: 1000,
    emotion: "neutral",
    confidence: 0.7,
    sentiment: "NEUTRAL",
    probabilities: { angry: 0.1, sad: 0.1, neutral: 0.7, happy: 0.1 },
    withoutMemory: null,
    shift: false,
    previousEmotion: null,
    missingAudioMs: 0,
    updateStep: 1,
    updateLoss: null,
    memoryReset: null,
    shed: null,
    modelVersion: "m",
    ...changes,
  };
}

export function alert(changes: Partial<Alert> = {}): Alert {
  return {
    alertId: "a1",
    state: "FIRING",
    rule: "SustainedAnger",
    ruleVersion: 1,
    channel: 0,
    severity: "page",
    summary: "",
    reason: "",
    startsAtMs: 1000,
    firedAtMs: 1000,
    endsAtMs: null,
    evidence: [],
    handling: handledBy(null),
    ...changes,
  };
}

export function firing(changes: Partial<Firing> = {}): Firing {
  return {
    alertId: "a1",
    rule: "SustainedAnger",
    severity: "page",
    firedAtMs: 1000,
    handling: handledBy(null),
    ...changes,
  };
}

/** Acknowledged by somebody, or by nobody. */
export function handledBy(name: string | null): Handling {
  return {
    acknowledgedBy: name,
    acknowledgedAtMs: name === null ? null : 2000,
    claimedBy: null,
    claimedAtMs: null,
  };
}
