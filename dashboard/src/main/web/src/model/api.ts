/** The documents of the read API; openapi.yaml describes them. */

export type Probabilities = Record<string, number>;

export interface SideRow {
  channel: number;
  role: string;
  utterances: number;
  shifts: number;
  emotion: string | null;
  confidence: number | null;
  probabilities: Probabilities | null;
  /** The end of an utterance in seconds, then the valence from -100 to 100, and so on. */
  trace: number[];
}

/** What people have done about an alert. */
export interface Handling {
  acknowledgedBy: string | null;
  acknowledgedAtMs: number | null;
  claimedBy: string | null;
  claimedAtMs: number | null;
}

export interface Firing {
  alertId: string;
  rule: string;
  severity: string;
  firedAtMs: number;
  handling: Handling;
}

export interface CallRow {
  tenant: string;
  conversation: string;
  live: boolean;
  startMs: number;
  lengthMs: number;
  need: number;
  reasons: string[];
  sides: SideRow[];
  attributes: Record<string, string>;
  /** Those that fire. */
  alerts: Firing[];
  lastNewsMs: number;
  endReason: string | null;
  overallEmotion: string | null;
}

export interface Removed {
  tenant: string;
  conversation: string;
  erased: boolean;
}

export interface News {
  nowMs: number;
  loading: boolean;
  kafkaAway: boolean;
  takesFeedback: boolean;
  takesResponses: boolean;
  calls: CallRow[];
  removed: Removed[];
}

export interface Utterance {
  eventId: string;
  revision: number;
  channel: number;
  role: string;
  index: number;
  beginMs: number;
  endMs: number;
  emotion: string | null;
  confidence: number | null;
  sentiment: string | null;
  probabilities: Probabilities | null;
  withoutMemory: Probabilities | null;
  shift: boolean;
  previousEmotion: string | null;
  missingAudioMs: number;
  updateStep: number;
  updateLoss: number | null;
  memoryReset: string | null;
  shed: string | null;
  modelVersion: string;
}

export interface Quarter {
  beginMs: number;
  endMs: number;
  sentiment: string | null;
  score: number | null;
}

export interface Voice {
  role: string;
  talkTimeMs: number;
  syllablesPerSecond: number | null;
  loudnessDbfs: number | null;
}

export interface Characteristics {
  callScore: number | null;
  recoveryTimeMs: number | null;
  nonTalkTimeMs: number | null;
  interruptions: { by: string; beginMs: number; endMs: number }[] | null;
  voices: Voice[];
}

export interface Alert {
  alertId: string;
  state: string;
  rule: string;
  ruleVersion: number;
  channel: number;
  severity: string;
  summary: string;
  reason: string;
  startsAtMs: number;
  firedAtMs: number | null;
  endsAtMs: number | null;
  /** Event ids of utterances. */
  evidence: string[];
  handling: Handling;
}

export interface CallPage {
  row: CallRow;
  utterances: Utterance[];
  alerts: Alert[];
  attributeChanges: { offsetMs: number; values: Record<string, string> }[];
  summary: {
    endMs: number;
    endReason: string;
    shifts: number;
    overallEmotion: string | null;
    overallSentiment: string | null;
    overallProbabilities: Probabilities | null;
    quarters: Quarter[];
    characteristics: Characteristics | null;
    missingAudioMs: number;
  } | null;
}

export interface Trend {
  stepMs: number;
  periods: {
    beginMs: number;
    calls: number;
    positive: number;
    neutral: number;
    negative: number;
    uncertain: number;
  }[];
}

export interface Session {
  login: "NONE" | "TOKEN" | "PROXY";
  name: string | null;
  tenants: string[] | null;
}

export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const API = "/api/v1";

export const streamAddress = `${API}/stream`;

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const answer = await fetch(API + path, init);
  const document: unknown = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new ApiError(answer.status, (document as { error?: string }).error ?? answer.statusText);
  }
  return document as T;
}

function send<T>(method: string, path: string, document: unknown): Promise<T> {
  return ask<T>(path, {
    method,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(document),
  });
}

export const session = () => ask<Session>("/session");
export const logIn = (token: string) => send<Session>("POST", "/session", { token });
export const logOut = () => send<Session>("DELETE", "/session", {});
export const trend = (minutes: number) => ask<Trend>(`/trend?minutes=${minutes}`);

export const call = (tenant: string, conversation: string) =>
  ask<CallPage>(`/call?${new URLSearchParams({ tenant, conversation })}`);

export const feedback = (opinion: {
  tenant: string;
  conversation: string;
  eventId: string;
  rightEmotion: string | null;
}) => send<{ stored: boolean }>("POST", "/feedback", opinion);

export type ResponseKind = "ACKNOWLEDGED" | "CLAIMED" | "RELEASED";

export const respond = (response: {
  tenant: string;
  conversation: string;
  alertId: string;
  kind: ResponseKind;
}) => send<{ stored: boolean }>("POST", "/alert-response", response);

export const calls = (query: Record<string, string>) =>
  ask<{ total: number; calls: CallRow[] }>(`/calls?${new URLSearchParams(query)}`);
