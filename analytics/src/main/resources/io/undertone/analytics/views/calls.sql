-- Calls that have ended, each once: of several summaries, the last one is right.
SELECT
  tenant, conversationId, queue, lang, endedAt, durationMillis, endReason, utterances,
  shifts, overallEmotion, overallSentiment, overallProbabilities, sentimentByQuarter,
  missingChunks, missingAudioMillis, duplicateChunks, lateChunks, modelVersion
FROM (
  SELECT
    tenant, conversationId, queue, attributes['language'] AS lang, eventTime AS endedAt,
    endOffsetMillis AS durationMillis, conversation.endReason, conversation.utterances,
    conversation.shifts, conversation.overallEmotion, conversation.overallSentiment,
    conversation.overallProbabilities, conversation.sentimentByQuarter,
    conversation.missingChunks, conversation.missingAudioMillis, conversation.duplicateChunks,
    conversation.lateChunks, modelVersion,
    ROW_NUMBER() OVER (PARTITION BY tenant, conversationId ORDER BY `offset` DESC) AS newest
  FROM all_events
  WHERE kind = 'CONVERSATION'
)
WHERE newest = 1
