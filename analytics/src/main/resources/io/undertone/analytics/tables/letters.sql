-- All records of the dead letters' topic, without keys and audio.
CREATE TABLE letters (
  topic STRING NOT NULL,
  `partition` INT NOT NULL,
  `offset` BIGINT NOT NULL,
  stage STRING NOT NULL,
  reason STRING NOT NULL,
  message STRING NOT NULL,
  tenant STRING,
  conversationId STRING,
  writtenAt TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL
) WITH (
  'connector' = 'kafka',
  'topic' = 'undertone.audio-chunks.v1.dlq',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.isolation.level' = 'read_committed',
  'scan.startup.mode' = 'earliest-offset',
  'scan.bounded.mode' = 'latest-offset',
  'format' = 'undertone-avro',
  'undertone-avro.record' = 'DeadLetter'
)
