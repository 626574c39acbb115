-- Rows that must not exist in the answer of foia_records_by_month_and_category_v1; `answer` is the question itself (core/lake/bind-checks.ts).
-- Grain:    one row per broken rule and place.
-- Audience: engineers; a broken rule stops the release.
WITH
parameters AS (
  SELECT
    CAST(? AS timestamp) AS as_of
),

-- The records once more, another way: one count for each row of a file whose last statement, found by its number, lets it count.
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

distinct_records AS (
  SELECT
    foia_records.file_sha256,
    foia_records.sheet,
    foia_records.table_number,
    foia_records.row_number,
    min(foia_records.record_count) AS record_count
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
  GROUP BY
    foia_records.file_sha256,
    foia_records.sheet,
    foia_records.table_number,
    foia_records.row_number
),

recounted AS (
  SELECT
    coalesce(sum(distinct_records.record_count), 0) AS record_count
  FROM distinct_records
),

answered AS (
  SELECT
    coalesce(sum(answer.record_count), 0) AS record_count
  FROM answer
)

SELECT
  'cells do not add up to the records' AS broken_rule,
  'all' AS place
FROM answered
CROSS JOIN recounted
WHERE answered.record_count <> recounted.record_count

UNION ALL

SELECT
  'a cell stands twice' AS broken_rule,
  coalesce(answer.event_month, '?') || ' ' || coalesce(answer.record_category, '?') AS place
FROM answer
GROUP BY
  answer.event_month,
  answer.record_category
HAVING count(*) > 1

UNION ALL

SELECT
  'a dimension is empty or a count is negative' AS broken_rule,
  coalesce(answer.event_month, '?') || ' ' || coalesce(answer.record_category, '?') AS place
FROM answer
WHERE answer.event_month IS NULL
  OR answer.record_category IS NULL
  OR answer.record_count < 0

ORDER BY
  broken_rule,
  place
