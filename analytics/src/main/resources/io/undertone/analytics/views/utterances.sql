-- Utterances of customers, and of speakers whose role is unknown.
SELECT
  eventId, tenant, conversationId, queue, attributes['language'] AS lang, channel,
  participantRole, utteranceIndex, eventTime, beginOffsetMillis, endOffsetMillis, emotion,
  confidence, sentiment, probabilities, probabilitiesWithoutMemory, shift, previousEmotion,
  missingAudioMillis, updateStep, updateLoss, memoryReset, shed, modelVersion
FROM all_events
WHERE kind = 'UTTERANCE' AND participantRole <> 'AGENT'
