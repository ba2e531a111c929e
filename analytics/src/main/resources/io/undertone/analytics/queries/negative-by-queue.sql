-- Share of negative speech of each queue, with the number of calls that it rests on
SELECT
  tenant,
  queue,
  COUNT(DISTINCT conversationId) AS calls,
  COUNT(DISTINCT CASE WHEN sentiment = 'NEGATIVE' THEN conversationId END) AS callsWithNegative,
  COUNT(*) AS utterances,
  ROUND(SUM(endOffsetMillis - beginOffsetMillis) / 1000.0, 1) AS speechSeconds,
  ROUND(
    SUM(CASE WHEN sentiment = 'NEGATIVE' THEN endOffsetMillis - beginOffsetMillis ELSE 0 END)
      / CAST(SUM(endOffsetMillis - beginOffsetMillis) AS DOUBLE),
    3) AS negativeShare
FROM utterances
GROUP BY tenant, queue
ORDER BY negativeShare DESC, tenant, queue
