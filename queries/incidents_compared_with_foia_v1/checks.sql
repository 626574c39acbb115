-- Rows that must not exist in the answer of incidents_compared_with_foia_v1; `answer` is the question itself (core/lake/bind-checks.ts).
-- Grain:    one row per broken rule and place.
-- Audience: engineers; a broken rule stops the release.
WITH
parameters AS (
  SELECT
    CAST(? AS timestamp) AS as_of,
    CAST(? AS date) AS from_week,
    CAST(? AS date) AS to_week,
    CAST(? AS timestamp) AS records_as_of,
    CAST(? AS varchar) AS county_area,
    CAST(? AS varchar) AS aor_area,
    CAST(? AS varchar) AS sector_area
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

incidents AS (
  SELECT DISTINCT
    report_versions.report_id,
    report_versions.agency_group,
    CASE
      WHEN report_versions.time_precision <> 'unknown' THEN report_versions.activity_group
    END AS dated_activity,
    report_versions.observed_date
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

-- The arrests once more, another way: the last statement of a file found by its number.
last_statements AS (
  SELECT
    foia_statements.file_sha256,
    max(foia_statements.sequence) AS last_sequence
  FROM foia_statements
  CROSS JOIN parameters
  WHERE foia_statements.recorded_at <= parameters.records_as_of
  GROUP BY foia_statements.file_sha256
),

arrests AS (
  SELECT DISTINCT
    foia_records.agency,
    foia_records.event_date
  FROM foia_records
  CROSS JOIN parameters
  INNER JOIN last_statements
    ON last_statements.file_sha256 = foia_records.file_sha256
  INNER JOIN foia_statements
    ON foia_statements.file_sha256 = last_statements.file_sha256
    AND foia_statements.sequence = last_statements.last_sequence
    AND foia_statements.reading = foia_records.reading
  WHERE foia_statements.statement IN ('read', 'reinstated')
    AND foia_records.recorded_at <= parameters.records_as_of
    AND foia_records.record_kind = 'arrest'
    AND (
      (foia_records.area_level = 'county' AND foia_records.area = parameters.county_area)
      OR (foia_records.area_level = 'aor' AND foia_records.area = parameters.aor_area)
      OR (foia_records.area_level = 'sector' AND foia_records.area = parameters.sector_area)
    )
),

recounted AS (
  SELECT
    count(DISTINCT incidents.report_id) AS incident_count,
    count(DISTINCT CASE
      WHEN incidents.agency_group IN ('ICE', 'CBP') AND incidents.dated_activity IN ('arrest', 'detention')
        THEN incidents.report_id
    END) AS taken_count,
    count(DISTINCT CASE
      WHEN arrests.event_date IS NOT NULL AND incidents.dated_activity IN ('arrest', 'detention')
        THEN incidents.report_id
    END) AS same_day_count
  FROM incidents
  LEFT JOIN arrests
    ON arrests.agency = incidents.agency_group
    AND arrests.event_date = incidents.observed_date
),

answered AS (
  SELECT
    coalesce(sum(answer.incident_count), 0) AS incident_count,
    coalesce(sum(CASE
      WHEN answer.comparison IN ('nobody_taken', 'not_certain') THEN 0
      ELSE answer.incident_count
    END), 0) AS taken_count,
    coalesce(sum(CASE WHEN answer.comparison = 'same_day' THEN answer.incident_count ELSE 0 END), 0) AS same_day_count,
    coalesce(sum(CASE
      WHEN answer.comparison IN ('day_beside', 'only_ours', 'not_released') THEN answer.incident_count
      ELSE 0
    END), 0) AS other_day_count
  FROM answer
),

cells AS (
  SELECT
    answer.observed_month,
    answer.comparison,
    count(*) AS cell_count,
    min(answer.incident_count) AS least_count
  FROM answer
  GROUP BY
    answer.observed_month,
    answer.comparison
)

-- One reading of the answer serves all rules about sums, and one all rules about cells: Trino plans each mention of it anew, and bounds the stages of a plan.
SELECT
  rules.broken_rule,
  'all' AS place
FROM answered
CROSS JOIN recounted
CROSS JOIN (VALUES
  ('cells do not add up to the incidents'),
  ('outcomes differ from the incidents with somebody taken'),
  ('an outcome contradicts the records of the day')
) AS rules (broken_rule)
WHERE (
    rules.broken_rule = 'cells do not add up to the incidents'
    AND answered.incident_count <> recounted.incident_count
  )
  OR (
    rules.broken_rule = 'outcomes differ from the incidents with somebody taken'
    AND answered.taken_count <> recounted.taken_count
  )
  OR (
    rules.broken_rule = 'an outcome contradicts the records of the day'
    AND (
      answered.same_day_count > recounted.same_day_count
      OR answered.other_day_count > recounted.taken_count - recounted.same_day_count
    )
  )

UNION ALL

SELECT
  rules.broken_rule,
  coalesce(cells.observed_month, '?') || ' ' || coalesce(cells.comparison, '?') AS place
FROM cells
CROSS JOIN (VALUES
  ('a cell stands twice'),
  ('a dimension is empty or a count is negative')
) AS rules (broken_rule)
WHERE (rules.broken_rule = 'a cell stands twice' AND cells.cell_count > 1)
  OR (
    rules.broken_rule = 'a dimension is empty or a count is negative'
    AND (cells.observed_month IS NULL OR cells.comparison IS NULL OR cells.least_count < 0)
  )

UNION ALL

SELECT
  'the window is longer than 91 weeks' AS broken_rule,
  CAST(parameters.to_week AS varchar) AS place
FROM parameters
WHERE parameters.to_week > CAST(parameters.from_week + INTERVAL '636' DAY AS date)

ORDER BY
  broken_rule,
  place
