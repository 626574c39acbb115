-- Question: How many incidents were observed on each kind of city property, by what came of a request for access?
-- Grain:    One row per kind of property and result of access with an incident. 'other_or_unlisted' holds all other types and places outside the registry of properties. 'granted' is a public area that needs no permission, or a judge's warrant. 'not_stated' holds reports that do not say.
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
    report_versions.property_id,
    report_versions.property_type,
    report_versions.access_result,
    row_number() OVER (
      PARTITION BY report_versions.report_id
      ORDER BY report_versions.version DESC, report_versions.recorded_at DESC
    ) AS version_rank
  FROM report_versions
  CROSS JOIN parameters
  WHERE report_versions.recorded_at <= parameters.as_of
),

-- The last version of each report; withdrawn reports and zero reports are no incidents. Kinds are wide by design, so that few counts are too small to be shown.
counted_incidents AS (
  SELECT
    CASE
      WHEN known_versions.property_id IS NULL THEN 'other_or_unlisted'
      WHEN known_versions.property_type IN ('park', 'recreation_center', 'senior_center') THEN 'park_or_recreation'
      WHEN known_versions.property_type IN ('city_hall_or_office', 'library') THEN 'civic_building_or_library'
      WHEN known_versions.property_type = 'public_safety_facility' THEN 'public_safety_facility'
      WHEN known_versions.property_type IN (
        'street_or_right_of_way', 'parking_lot_or_garage', 'transit_stop', 'airport', 'harbor'
      ) THEN 'street_parking_or_transport'
      ELSE 'other_or_unlisted'
    END AS property_group,
    CASE
      WHEN known_versions.access_result IN ('granted_public_area', 'granted_judicial_warrant') THEN 'granted'
      WHEN known_versions.access_result IN ('refused', 'withdrew') THEN 'refused_or_withdrew'
      WHEN known_versions.access_result = 'entered_without_consent' THEN 'entered_without_consent'
      WHEN known_versions.access_result = 'not_requested' THEN 'not_requested'
      ELSE 'not_stated'
    END AS access_group
  FROM known_versions
  CROSS JOIN parameters
  WHERE known_versions.version_rank = 1
    AND known_versions.kind = 'incident'
    AND known_versions.operation <> 'withdraw'
    AND known_versions.observed_week >= parameters.from_week
    AND known_versions.observed_week <= parameters.to_week
)

SELECT
  counted_incidents.property_group,
  counted_incidents.access_group,
  count(*) AS incident_count
FROM counted_incidents
GROUP BY
  counted_incidents.property_group,
  counted_incidents.access_group
ORDER BY
  counted_incidents.property_group,
  counted_incidents.access_group
