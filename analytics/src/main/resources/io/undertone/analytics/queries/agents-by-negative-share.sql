-- Agents by the share of negative speech of their calls' customers (--allow-agent-ranking)
SELECT
  tenant,
  agent,
  COUNT(DISTINCT conversationId) AS calls,
  COUNT(*) AS utterances,
  ROUND(
    SUM(CASE WHEN sentiment = 'NEGATIVE' THEN endOffsetMillis - beginOffsetMillis ELSE 0 END)
      / CAST(SUM(endOffsetMillis - beginOffsetMillis) AS DOUBLE),
    3) AS negativeShare
FROM agents
WHERE participantRole = 'CUSTOMER'
GROUP BY tenant, agent
ORDER BY negativeShare DESC, tenant, agent
