-- Alerts of each rule: how many fired, how many still do, and for how long they did
SELECT
  tenant,
  `rule`,
  COUNT(*) AS alerts,
  COUNT(firedAt) AS fired,
  COUNT(*) FILTER (WHERE state = 'FIRING') AS firing,
  COUNT(DISTINCT conversationId) AS calls,
  ROUND(AVG(CAST(TIMESTAMPDIFF(SECOND, firedAt, endsAt) AS DOUBLE)), 1) AS meanSeconds
FROM alerts
GROUP BY tenant, `rule`
ORDER BY fired DESC, tenant, `rule`
