-- The longest sustained anger of each call, longest first; uncertain utterances do not interrupt it
WITH numbered AS (
  SELECT
    tenant, conversationId, channel, queue, emotion, beginOffsetMillis, endOffsetMillis, eventTime,
    ROW_NUMBER() OVER (
        PARTITION BY tenant, conversationId, channel ORDER BY beginOffsetMillis)
      - ROW_NUMBER() OVER (
        PARTITION BY tenant, conversationId, channel, emotion ORDER BY beginOffsetMillis) AS run
  FROM utterances
  WHERE sentiment IS NOT NULL
),
runs AS (
  SELECT
    tenant, conversationId, channel, run,
    MIN(queue) AS queue,
    COUNT(*) AS utterances,
    MIN(beginOffsetMillis) AS beginOffsetMillis,
    MAX(endOffsetMillis) - MIN(beginOffsetMillis) AS millis
  FROM numbered
  WHERE emotion = 'angry'
  GROUP BY tenant, conversationId, channel, run
)
SELECT
  tenant, conversationId, queue, channel, utterances, beginOffsetMillis,
  ROUND(millis / 1000.0, 1) AS seconds
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY tenant, conversationId ORDER BY millis DESC, beginOffsetMillis) AS place
  FROM runs
)
WHERE place = 1
ORDER BY seconds DESC, tenant, conversationId
LIMIT 50
