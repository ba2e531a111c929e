-- The tables that "undertone export --jdbc" fills. It runs this script, which changes nothing that
-- exists; run it yourself if its user may not create tables. A change that old queries would not
-- survive gets another schema beside this one.
CREATE SCHEMA IF NOT EXISTS undertone_v1;
SET LOCAL search_path TO undertone_v1;

-- Utterances, each once.
CREATE TABLE IF NOT EXISTS utterances (
  event_id text PRIMARY KEY,
  revision bigint NOT NULL,
  tenant text NOT NULL,
  conversation_id text NOT NULL,
  channel integer NOT NULL,
  participant_role text NOT NULL,
  utterance_index integer NOT NULL,
  begin_offset_millis bigint NOT NULL,
  end_offset_millis bigint NOT NULL,
  event_time timestamptz NOT NULL,
  emotion text,
  sentiment text,
  confidence real,
  probabilities jsonb NOT NULL,
  probabilities_without_memory jsonb,
  shift boolean NOT NULL,
  previous_emotion text,
  missing_audio_millis bigint NOT NULL,
  loudness_dbfs real,
  syllables_per_second real,
  update_step integer NOT NULL,
  update_loss real,
  memory_reset text,
  shed text,
  model_version text NOT NULL,
  attributes jsonb NOT NULL
);
CREATE INDEX IF NOT EXISTS utterances_by_call ON utterances (tenant, conversation_id);
CREATE INDEX IF NOT EXISTS utterances_by_time ON utterances (event_time);

-- Ends of calls. A call that ended twice has two rows, and the last one is right: see calls.
CREATE TABLE IF NOT EXISTS conversation_ends (
  event_id text PRIMARY KEY,
  revision bigint NOT NULL,
  tenant text NOT NULL,
  conversation_id text NOT NULL,
  ended_at timestamptz NOT NULL,
  duration_millis bigint NOT NULL,
  end_reason text NOT NULL,
  utterances integer NOT NULL,
  shifts integer NOT NULL,
  overall_emotion text,
  overall_sentiment text,
  overall_probabilities jsonb NOT NULL,
  sentiment_by_quarter jsonb NOT NULL,
  call_score real,
  recovery_time_millis bigint,
  negative_episodes jsonb,
  talk_time jsonb,
  non_talk_time jsonb,
  interruptions jsonb,
  loudness jsonb,
  talk_speed jsonb,
  missing_chunks bigint NOT NULL,
  missing_audio_millis bigint NOT NULL,
  duplicate_chunks bigint NOT NULL,
  late_chunks bigint NOT NULL,
  model_version text NOT NULL,
  attributes jsonb NOT NULL,
  topic_offset bigint NOT NULL
);
CREATE INDEX IF NOT EXISTS conversation_ends_by_call
  ON conversation_ends (tenant, conversation_id);
CREATE INDEX IF NOT EXISTS conversation_ends_by_time ON conversation_ends (ended_at);

-- Ended calls, each once.
CREATE OR REPLACE VIEW calls AS
SELECT DISTINCT ON (tenant, conversation_id) *
FROM conversation_ends
ORDER BY tenant, conversation_id, topic_offset DESC;

-- Alerts in their last state.
CREATE TABLE IF NOT EXISTS alerts (
  alert_id text PRIMARY KEY,
  state text NOT NULL,
  rule text NOT NULL,
  rule_version integer NOT NULL,
  tenant text NOT NULL,
  conversation_id text NOT NULL,
  channel integer NOT NULL,
  participant_role text NOT NULL,
  event_time timestamptz NOT NULL,
  starts_at timestamptz NOT NULL,
  fired_at timestamptz,
  ends_at timestamptz,
  revision bigint NOT NULL,
  reason text NOT NULL,
  value double precision,
  evidence jsonb NOT NULL,
  attributes jsonb NOT NULL,
  labels jsonb NOT NULL,
  annotations jsonb NOT NULL,
  model_version text NOT NULL
);
CREATE INDEX IF NOT EXISTS alerts_by_call ON alerts (tenant, conversation_id);
CREATE INDEX IF NOT EXISTS alerts_by_time ON alerts (starts_at);

-- Calls that were erased: no row of theirs gets into the tables above again. You may delete a row
-- when the topics no longer have anything of its call.
CREATE TABLE IF NOT EXISTS erased_calls (
  tenant text NOT NULL,
  conversation_id text NOT NULL,
  erased_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, conversation_id)
);

-- How far the topics are in the tables. Offsets and rows change in the same transactions.
CREATE TABLE IF NOT EXISTS topic_offsets (
  topic text NOT NULL,
  partition integer NOT NULL,
  next_offset bigint NOT NULL,
  PRIMARY KEY (topic, partition)
);
