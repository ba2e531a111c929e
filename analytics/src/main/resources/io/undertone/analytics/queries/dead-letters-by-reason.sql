-- Dead letters by stage and reason, with the latest message
SELECT
  stage, reason, letters, writtenAt AS latest, message
FROM (
  SELECT
    stage, reason, message, writtenAt,
    COUNT(*) OVER (PARTITION BY stage, reason) AS letters,
    ROW_NUMBER() OVER (PARTITION BY stage, reason ORDER BY writtenAt DESC, `offset` DESC) AS place
  FROM dead_letters
)
WHERE place = 1
ORDER BY letters DESC, stage, reason
