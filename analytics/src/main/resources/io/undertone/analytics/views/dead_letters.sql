-- Dead letters without keys and audio, and without calls that were erased.
SELECT *
FROM letters AS l
WHERE NOT EXISTS (
  SELECT 1
  FROM emotion_events AS x
  WHERE x.kind = 'ERASED' AND x.tenant = l.tenant AND x.conversationId = l.conversationId)
