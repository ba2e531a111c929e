-- Mean time from the first angry utterance to the next one that is neutral or happy, by queue
WITH episodes AS (
  -- All angry utterances before the same recovery are one episode; its first one counts.
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY tenant, conversationId, channel, recoveredAtMillis
      ORDER BY beginOffsetMillis) AS place
  FROM (
    SELECT
      tenant, conversationId, channel, queue, emotion, beginOffsetMillis,
      MIN(CASE WHEN sentiment IN ('POSITIVE', 'NEUTRAL') THEN beginOffsetMillis END) OVER (
        PARTITION BY tenant, conversationId, channel
        ORDER BY beginOffsetMillis
        ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS recoveredAtMillis
    FROM utterances
  )
  WHERE emotion = 'angry'
)
SELECT
  tenant,
  queue,
  COUNT(*) AS episodes,
  COUNT(recoveredAtMillis) AS recovered,
  ROUND(AVG(CAST(recoveredAtMillis - beginOffsetMillis AS DOUBLE)) / 1000, 1) AS meanSeconds
FROM episodes
WHERE place = 1
GROUP BY tenant, queue
ORDER BY meanSeconds DESC, tenant, queue
