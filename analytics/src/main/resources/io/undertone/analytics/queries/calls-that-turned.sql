-- Calls whose first quarter with speech was neutral or better, and whose last one was negative
WITH ends AS (
  SELECT
    endedAt, tenant, conversationId, queue, durationMillis,
    COALESCE(
      sentimentByQuarter[1].sentiment, sentimentByQuarter[2].sentiment,
      sentimentByQuarter[3].sentiment, sentimentByQuarter[4].sentiment) AS began,
    COALESCE(
      sentimentByQuarter[4].sentiment, sentimentByQuarter[3].sentiment,
      sentimentByQuarter[2].sentiment, sentimentByQuarter[1].sentiment) AS ended,
    COALESCE(
      sentimentByQuarter[1].score, sentimentByQuarter[2].score,
      sentimentByQuarter[3].score, sentimentByQuarter[4].score) AS beganScore,
    COALESCE(
      sentimentByQuarter[4].score, sentimentByQuarter[3].score,
      sentimentByQuarter[2].score, sentimentByQuarter[1].score) AS endedScore
  FROM calls
)
SELECT
  endedAt, tenant, conversationId, queue, ROUND(durationMillis / 1000.0, 1) AS seconds, began,
  ROUND(CAST(beganScore AS DOUBLE), 2) AS beganScore,
  ROUND(CAST(endedScore AS DOUBLE), 2) AS endedScore
FROM ends
WHERE began <> 'NEGATIVE' AND ended = 'NEGATIVE'
ORDER BY beganScore - endedScore DESC, tenant, conversationId
