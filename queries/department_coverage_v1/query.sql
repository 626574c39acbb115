-- Question: Which departments reported incidents, reported that nothing happened, or were silent, week by week?
-- Grain:    One row per department on duty and week of the window (at most 100 weeks); silent means that both counts are 0.
-- Audience: raw counts, for disclosure control only; nobody sees them before a release.
WITH
parameters AS (
  SELECT
    CAST(? AS timestamp) AS as_of,
    CAST(? AS date) AS from_week,
    CAST(? AS date) AS to_week
),

-- The registry as it was known at the as-of: its latest snapshot.
latest_registry AS (
  SELECT
    max(departments.recorded_at) AS recorded_at
  FROM departments
  CROSS JOIN parameters
  WHERE departments.recorded_at <= parameters.as_of
),

registered_departments AS (
  SELECT DISTINCT
    departments.department_id,
    departments.active_from,
    departments.active_to
  FROM departments
  INNER JOIN latest_registry
    ON departments.recorded_at = latest_registry.recorded_at
),

-- What was known at the as-of: versions in the order of their number, so that a row delivered twice stands beside itself.
known_versions AS (
  SELECT
    report_versions.operation,
    report_versions.kind,
    report_versions.department_id,
    report_versions.observed_week,
    row_number() OVER (
      PARTITION BY report_versions.report_id
      ORDER BY report_versions.version DESC, report_versions.recorded_at DESC
    ) AS version_rank
  FROM report_versions
  CROSS JOIN parameters
  WHERE report_versions.recorded_at <= parameters.as_of
),

-- A zero report counts as an answer, never as an incident.
department_answers AS (
  SELECT
    known_versions.department_id,
    known_versions.observed_week,
    count_if(known_versions.kind = 'incident') AS reported_count,
    count_if(known_versions.kind = 'zero') AS zero_count
  FROM known_versions
  WHERE known_versions.version_rank = 1
    AND known_versions.operation <> 'withdraw'
  GROUP BY
    known_versions.department_id,
    known_versions.observed_week
),

digits AS (
  SELECT
    numbers.digit
  FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS numbers (digit)
),

-- A hundred Mondays from the first week on; the window keeps its own.
mondays AS (
  SELECT
    CAST(parameters.from_week + INTERVAL '7' DAY * (tens.digit * 10 + ones.digit) AS date) AS observed_week
  FROM parameters
  CROSS JOIN digits AS tens
  CROSS JOIN digits AS ones
),

window_weeks AS (
  SELECT
    mondays.observed_week,
    CAST(mondays.observed_week + INTERVAL '6' DAY AS date) AS last_date
  FROM mondays
  CROSS JOIN parameters
  WHERE mondays.observed_week <= parameters.to_week
),

-- A department that reported outside its time of duty is shown too: nothing that was reported disappears.
covered_weeks AS (
  SELECT
    window_weeks.observed_week,
    registered_departments.department_id,
    coalesce(department_answers.reported_count, 0) AS reported_count,
    coalesce(department_answers.zero_count, 0) AS zero_count
  FROM registered_departments
  CROSS JOIN window_weeks
  LEFT JOIN department_answers
    ON registered_departments.department_id = department_answers.department_id
    AND window_weeks.observed_week = department_answers.observed_week
  WHERE department_answers.department_id IS NOT NULL
    OR (
      registered_departments.active_from <= window_weeks.last_date
      AND (
        registered_departments.active_to IS NULL
        OR registered_departments.active_to >= window_weeks.observed_week
      )
    )
)

SELECT
  covered_weeks.observed_week,
  covered_weeks.department_id,
  covered_weeks.reported_count,
  covered_weeks.zero_count
FROM covered_weeks
ORDER BY
  covered_weeks.observed_week,
  covered_weeks.department_id
