-- By hour: uncertain utterances, missing audio, and utterances without their memory
SELECT
  FLOOR(eventTime TO HOUR) AS `hour`,
  tenant,
  COUNT(*) AS utterances,
  ROUND(COUNT(*) FILTER (WHERE emotion = 'uncertain') / CAST(COUNT(*) AS DOUBLE), 3)
    AS uncertainShare,
  ROUND(AVG(CAST(confidence AS DOUBLE)), 3) AS meanConfidence,
  SUM(missingAudioMillis) AS missingAudioMillis,
  ROUND(
    SUM(missingAudioMillis) / CAST(SUM(endOffsetMillis - beginOffsetMillis) AS DOUBLE), 4)
    AS missingShare,
  COUNT(shed) AS shed,
  COUNT(memoryReset) AS memoryResets
FROM utterances
GROUP BY FLOOR(eventTime TO HOUR), tenant
ORDER BY `hour`, tenant
