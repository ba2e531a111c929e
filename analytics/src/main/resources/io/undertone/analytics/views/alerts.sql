-- Alerts in their last state, without calls that were erased.
SELECT
  alertId, state, `rule`, ruleVersion, tenant, conversationId,
  COALESCE(attributes['queue'], '(none)') AS queue, channel, participantRole,
  TO_TIMESTAMP_LTZ(startsAtMs, 3) AS startsAt, TO_TIMESTAMP_LTZ(firedAtMs, 3) AS firedAt,
  TO_TIMESTAMP_LTZ(endsAtMs, 3) AS endsAt, reason, `value`, labels
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY alertId ORDER BY `offset` DESC) AS newest
  FROM alert_states
) AS a
WHERE newest = 1
  AND state <> 'ERASED'
  AND participantRole <> 'AGENT'
  AND NOT EXISTS (
    SELECT 1
    FROM alert_states AS x
    WHERE x.state = 'ERASED' AND x.tenant = a.tenant AND x.conversationId = a.conversationId)
  AND NOT EXISTS (
    SELECT 1
    FROM emotion_events AS y
    WHERE y.kind = 'ERASED' AND y.tenant = a.tenant AND y.conversationId = a.conversationId)
