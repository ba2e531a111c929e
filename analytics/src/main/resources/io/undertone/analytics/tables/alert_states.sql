-- All records of the alerts topic: each state of each alert, also of calls that were erased.
CREATE TABLE alert_states (
  alertId STRING NOT NULL,
  state STRING NOT NULL,
  `rule` STRING NOT NULL,
  ruleVersion INT NOT NULL,
  tenant STRING NOT NULL,
  conversationId STRING NOT NULL,
  channel INT NOT NULL,
  participantRole STRING NOT NULL,
  eventTimeMs BIGINT NOT NULL,
  startsAtMs BIGINT NOT NULL,
  firedAtMs BIGINT,
  endsAtMs BIGINT,
  reason STRING NOT NULL,
  `value` DOUBLE,
  attributes MAP<STRING NOT NULL, STRING NOT NULL> NOT NULL,
  labels MAP<STRING NOT NULL, STRING NOT NULL> NOT NULL,
  `partition` INT NOT NULL METADATA VIRTUAL,
  `offset` BIGINT NOT NULL METADATA VIRTUAL
) WITH (
  'connector' = 'kafka',
  'topic' = 'undertone.alerts.v1',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.isolation.level' = 'read_committed',
  'scan.startup.mode' = 'earliest-offset',
  'scan.bounded.mode' = 'latest-offset',
  'format' = 'undertone-avro',
  'undertone-avro.record' = 'Alert'
)
