-- Rows that must not exist in the answer of incidents_by_property_type_and_access_result_v1; `answer` is the question itself (core/lake/bind-checks.ts).
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
    coalesce(sum(answer.incident_count), 0) AS incident_count
  FROM answer
)

SELECT
  'cells do not add up to the incidents' AS broken_rule,
  'all' AS place
FROM answered
CROSS JOIN recounted
WHERE answered.incident_count <> recounted.incident_count

UNION ALL

SELECT
  'a cell stands twice' AS broken_rule,
  coalesce(answer.property_group, '?') || ' ' || coalesce(answer.access_group, '?') AS place
FROM answer
GROUP BY
  answer.property_group,
  answer.access_group
HAVING count(*) > 1

UNION ALL

SELECT
  'a dimension is empty or a count is not positive' AS broken_rule,
  coalesce(answer.property_group, '?') || ' ' || coalesce(answer.access_group, '?') AS place
FROM answer
WHERE answer.property_group IS NULL
  OR answer.access_group IS NULL
  OR answer.incident_count < 1

ORDER BY
  broken_rule,
  place
