-- Question: Which reports stand behind the counts of the window?
-- Grain:    One row per report that is counted, in its last version by the as-of.
-- Audience: the legal team, for the list of underlying reports in an exhibit (FRE 1006); not released to the public.
WITH
parameters AS (
  SELECT
    CAST(? AS timestamp) AS as_of,
    CAST(? AS date) AS from_week,
    CAST(? AS date) AS to_week
),

-- What was known at the as-of: versions in the order of their number, so that a row delivered twice stands beside itself.
known_versions AS (
  SELECT
    report_versions.operation,
    report_versions.kind,
    report_versions.report_id,
    report_versions.version,
    report_versions.submission_id,
    report_versions.recorded_at,
    report_versions.department_id,
    report_versions.property_id,
    report_versions.observed_date,
    report_versions.observed_week,
    row_number() OVER (
      PARTITION BY report_versions.report_id
      ORDER BY report_versions.version DESC, report_versions.recorded_at DESC
    ) AS version_rank
  FROM report_versions
  CROSS JOIN parameters
  WHERE report_versions.recorded_at <= parameters.as_of
),

-- The last version of each report; withdrawn reports and zero reports are no incidents.
counted_incidents AS (
  SELECT
    known_versions.report_id,
    known_versions.version,
    known_versions.submission_id,
    known_versions.recorded_at,
    known_versions.department_id,
    coalesce(known_versions.property_id, 'unlisted') AS property_id,
    known_versions.observed_date,
    known_versions.observed_week
  FROM known_versions
  CROSS JOIN parameters
  WHERE known_versions.version_rank = 1
    AND known_versions.kind = 'incident'
    AND known_versions.operation <> 'withdraw'
    AND known_versions.observed_week >= parameters.from_week
    AND known_versions.observed_week <= parameters.to_week
)

SELECT
  counted_incidents.report_id,
  counted_incidents.version,
  counted_incidents.submission_id,
  counted_incidents.recorded_at,
  counted_incidents.department_id,
  counted_incidents.property_id,
  counted_incidents.observed_date,
  counted_incidents.observed_week,
  1 AS incident_count
FROM counted_incidents
ORDER BY
  counted_incidents.observed_week,
  counted_incidents.report_id
