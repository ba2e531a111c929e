-- Events, each once, without calls that were erased.
SELECT *
FROM (
  SELECT
    *,
    TO_TIMESTAMP_LTZ(eventTimeMs, 3) AS eventTime,
    COALESCE(attributes['queue'], '(none)') AS queue,
    ROW_NUMBER() OVER (PARTITION BY eventId ORDER BY `offset` DESC) AS newest
  FROM emotion_events
) AS e
WHERE newest = 1
  AND kind <> 'ERASED'
  AND NOT EXISTS (
    SELECT 1
    FROM emotion_events AS x
    WHERE x.kind = 'ERASED' AND x.tenant = e.tenant AND x.conversationId = e.conversationId)
