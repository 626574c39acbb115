-- Rows that must not exist in the answer of foia_files_counted_v1; `answer` is the question itself (core/lake/bind-checks.ts).
-- Grain:    one row per broken rule and place.
-- Audience: engineers; a broken rule stops the release.
WITH
parameters AS (
  SELECT
    CAST(? AS timestamp) AS as_of
),

-- The files that count once more, another way: those with records of the reading that their last statement, found by its number, names.
last_statements AS (
  SELECT
    foia_statements.file_sha256,
    max(foia_statements.sequence) AS last_sequence
  FROM foia_statements
  CROSS JOIN parameters
  WHERE foia_statements.recorded_at <= parameters.as_of
  GROUP BY
    foia_statements.file_sha256
),

recounted AS (
  SELECT
    count(DISTINCT foia_records.file_sha256) AS file_count
  FROM foia_records
  CROSS JOIN parameters
  INNER JOIN last_statements
    ON last_statements.file_sha256 = foia_records.file_sha256
  INNER JOIN foia_statements
    ON foia_statements.file_sha256 = last_statements.file_sha256
    AND foia_statements.sequence = last_statements.last_sequence
    AND foia_statements.reading = foia_records.reading
  WHERE foia_records.recorded_at <= parameters.as_of
    AND foia_statements.statement IN ('read', 'reinstated')
),

answered AS (
  SELECT
    count(*) AS file_count
  FROM answer
  WHERE answer.standing = 'counted'
)

SELECT
  'files that count are not those with counted records' AS broken_rule,
  'all' AS place
FROM answered
CROSS JOIN recounted
WHERE answered.file_count <> recounted.file_count

UNION ALL

SELECT
  'a file stands twice' AS broken_rule,
  coalesce(answer.file_sha256, '?') AS place
FROM answer
GROUP BY
  answer.file_sha256
HAVING count(*) > 1

UNION ALL

SELECT
  'a file has no name, or a standing that nobody knows' AS broken_rule,
  coalesce(answer.file_sha256, '?') AS place
FROM answer
WHERE answer.file_sha256 IS NULL
  OR answer.foia_release IS NULL
  OR answer.standing NOT IN ('counted', 'superseded', 'withdrawn')

UNION ALL

SELECT
  'a file is counted a negative number of times, or more than once' AS broken_rule,
  coalesce(answer.file_sha256, '?') AS place
FROM answer
WHERE answer.file_count <> 1

ORDER BY
  broken_rule,
  place
