-- Queues of each hour, those with the largest share of negative speech first
SELECT
  FLOOR(eventTime TO HOUR) AS `hour`,
  tenant,
  queue,
  COUNT(DISTINCT conversationId) AS calls,
  COUNT(*) AS utterances,
  ROUND(SUM(endOffsetMillis - beginOffsetMillis) / 1000.0, 1) AS speechSeconds,
  ROUND(
    SUM(CASE WHEN sentiment = 'NEGATIVE' THEN endOffsetMillis - beginOffsetMillis ELSE 0 END)
      / CAST(SUM(endOffsetMillis - beginOffsetMillis) AS DOUBLE),
    3) AS negativeShare
FROM utterances
GROUP BY FLOOR(eventTime TO HOUR), tenant, queue
ORDER BY `hour`, negativeShare DESC, tenant, queue
