-- Utterances of all sides, with the agent of their time (attribute 'agent').
SELECT
  eventId, tenant, conversationId, queue, COALESCE(attributes['agent'], '(none)') AS agent,
  participantRole, eventTime, beginOffsetMillis, endOffsetMillis, emotion, sentiment
FROM all_events
WHERE kind = 'UTTERANCE'
