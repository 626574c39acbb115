-- Rows that must not exist in the answer of department_coverage_v1; `answer` is the question itself (core/lake/bind-checks.ts).
-- Grain:    one row per broken rule and place.
-- Audience: engineers; a broken rule stops the release.
WITH
parameters AS (
  SELECT
    CAST(? AS timestamp) AS as_of,
    CAST(? AS date) AS from_week,
    CAST(? AS date) AS to_week
),

-- The incidents once more, another way: the highest version known at the as-of, without a window function.
last_versions AS (
  SELECT
    report_versions.report_id,
    max(report_versions.version) AS last_version
  FROM report_versions
  CROSS JOIN parameters
  WHERE report_versions.recorded_at <= parameters.as_of
  GROUP BY report_versions.report_id
),

recounted AS (
  SELECT
    count(DISTINCT report_versions.report_id) AS incident_count
  FROM report_versions
  INNER JOIN last_versions
    ON report_versions.report_id = last_versions.report_id
    AND report_versions.version = last_versions.last_version
  CROSS JOIN parameters
  WHERE report_versions.kind = 'incident'
    AND report_versions.operation <> 'withdraw'
    AND report_versions.observed_week >= parameters.from_week
    AND report_versions.observed_week <= parameters.to_week
),

answered AS (
  SELECT
    coalesce(sum(answer.reported_count), 0) AS incident_count
  FROM answer
)

SELECT
  'departments do not add up to the incidents' AS broken_rule,
  'all' AS place
FROM answered
CROSS JOIN recounted
WHERE answered.incident_count <> recounted.incident_count

UNION ALL

SELECT
  'a cell stands twice' AS broken_rule,
  coalesce(CAST(answer.observed_week AS varchar), '?') || ' ' || coalesce(answer.department_id, '?') AS place
FROM answer
GROUP BY
  answer.observed_week,
  answer.department_id
HAVING count(*) > 1

UNION ALL

SELECT
  'a dimension is empty or a count is negative' AS broken_rule,
  coalesce(CAST(answer.observed_week AS varchar), '?') || ' ' || coalesce(answer.department_id, '?') AS place
FROM answer
WHERE answer.observed_week IS NULL
  OR answer.department_id IS NULL
  OR answer.reported_count < 0
  OR answer.zero_count < 0

UNION ALL

SELECT
  'the window is longer than 100 weeks' AS broken_rule,
  CAST(parameters.to_week AS varchar) AS place
FROM parameters
WHERE parameters.to_week > CAST(parameters.from_week + INTERVAL '699' DAY AS date)

ORDER BY
  broken_rule,
  place
