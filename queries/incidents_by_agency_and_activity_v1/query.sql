-- Question: How many incidents were observed of each group of agencies, by the gravest activity?
-- Grain:    One row per group of agencies and gravest activity with an incident; each incident counts once.
-- Audience: raw counts, for disclosure control only; nobody sees them before a release.
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
    report_versions.observed_week,
    report_versions.agency_group,
    report_versions.activity_group,
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
    coalesce(known_versions.agency_group, 'unverified') AS agency_group,
    coalesce(known_versions.activity_group, 'unknown') AS activity_group
  FROM known_versions
  CROSS JOIN parameters
  WHERE known_versions.version_rank = 1
    AND known_versions.kind = 'incident'
    AND known_versions.operation <> 'withdraw'
    AND known_versions.observed_week >= parameters.from_week
    AND known_versions.observed_week <= parameters.to_week
)

SELECT
  counted_incidents.agency_group,
  counted_incidents.activity_group,
  count(*) AS incident_count
FROM counted_incidents
GROUP BY
  counted_incidents.agency_group,
  counted_incidents.activity_group
ORDER BY
  counted_incidents.agency_group,
  counted_incidents.activity_group
