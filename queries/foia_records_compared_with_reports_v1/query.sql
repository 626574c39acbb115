-- Question: How many released records of arrests fall on a day for which departments reported an arrest or detention by that agency, how many do not, and how many cannot be compared?
-- Grain:    One row per releasing agency and outcome of the comparison; each row of a released file counts once, wherever it happened.
-- Audience: raw counts, for disclosure control only; nobody sees them before a release.
WITH
parameters AS (
  SELECT
    CAST(? AS timestamp) AS as_of,
    CAST(? AS date) AS from_week,
    CAST(? AS date) AS to_week,
    CAST(? AS varchar) AS county_area,
    CAST(? AS varchar) AS aor_area,
    CAST(? AS varchar) AS sector_area,
    CAST(? AS varchar) AS state_area
),

-- What was known at the as-of: versions in the order of their number, so that a row delivered twice stands beside itself.
known_versions AS (
  SELECT
    report_versions.operation,
    report_versions.kind,
    report_versions.observed_date,
    report_versions.observed_week,
    report_versions.time_precision,
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

-- Days on which somebody was reported taken by the agency; a report without a certain day says nothing of one.
reported_days AS (
  SELECT DISTINCT
    known_versions.agency_group AS agency,
    known_versions.observed_date
  FROM known_versions
  CROSS JOIN parameters
  WHERE known_versions.version_rank = 1
    AND known_versions.kind = 'incident'
    AND known_versions.operation <> 'withdraw'
    AND known_versions.observed_week >= parameters.from_week
    AND known_versions.observed_week <= parameters.to_week
    AND known_versions.activity_group IN ('arrest', 'detention')
    AND known_versions.time_precision <> 'unknown'
),

-- What is said about a file last holds: rows of one reading count, or none after it was superseded or withdrawn.
ranked_statements AS (
  SELECT
    foia_statements.file_sha256,
    foia_statements.statement,
    foia_statements.reading,
    row_number() OVER (
      PARTITION BY foia_statements.file_sha256
      ORDER BY foia_statements.recorded_at DESC, foia_statements.sequence DESC
    ) AS statement_rank
  FROM foia_statements
  CROSS JOIN parameters
  WHERE foia_statements.recorded_at <= parameters.as_of
),

-- A row of a file counts once, however often it was delivered; equal rows of one file are different people.
known_records AS (
  SELECT
    foia_records.agency,
    foia_records.record_kind,
    foia_records.event_date,
    foia_records.event_month,
    foia_records.area,
    foia_records.area_level,
    foia_records.record_count,
    row_number() OVER (
      PARTITION BY foia_records.file_sha256, foia_records.sheet, foia_records.table_number, foia_records.row_number
      ORDER BY foia_records.recorded_at
    ) AS delivery_rank
  FROM foia_records
  CROSS JOIN parameters
  INNER JOIN ranked_statements
    ON ranked_statements.file_sha256 = foia_records.file_sha256
    AND ranked_statements.reading = foia_records.reading
  WHERE ranked_statements.statement_rank = 1
    AND ranked_statements.statement IN ('read', 'reinstated')
    AND foia_records.recorded_at <= parameters.as_of
),

-- Whether a record can be compared at all is read from the file alone.
placed_records AS (
  SELECT
    known_records.agency,
    known_records.event_date,
    known_records.record_count,
    CASE
      WHEN coalesce(known_records.record_kind, 'unknown') <> 'arrest' THEN 'other_kind'
      WHEN known_records.area IS NULL
        OR (known_records.area_level = 'state' AND known_records.area = parameters.state_area)
        THEN 'no_place'
      WHEN (coalesce(known_records.area_level, 'none') <> 'county' OR known_records.area <> parameters.county_area)
        AND (coalesce(known_records.area_level, 'none') <> 'aor' OR known_records.area <> parameters.aor_area)
        AND (coalesce(known_records.area_level, 'none') <> 'sector' OR known_records.area <> parameters.sector_area)
        THEN 'elsewhere'
      WHEN known_records.event_date < parameters.from_week
        OR known_records.event_date > CAST(parameters.to_week + INTERVAL '6' DAY AS date)
        OR known_records.event_month < substr(CAST(parameters.from_week AS varchar), 1, 7)
        OR known_records.event_month > substr(CAST(CAST(parameters.to_week + INTERVAL '6' DAY AS date) AS varchar), 1, 7)
        THEN 'outside_weeks'
      WHEN known_records.event_date IS NULL THEN 'no_day'
      ELSE 'comparable'
    END AS placing
  FROM known_records
  CROSS JOIN parameters
  WHERE known_records.delivery_rank = 1
),

record_days AS (
  SELECT DISTINCT
    placed_records.agency,
    placed_records.event_date
  FROM placed_records
  WHERE placed_records.placing = 'comparable'
),

-- An arrest in the night is written under one day by one side and under the next by the other: a day beside is told apart from the day itself.
near_days AS (
  SELECT
    reported_days.agency,
    CAST(reported_days.observed_date + INTERVAL '1' DAY * (shifts.shift - 1) AS date) AS near_date,
    count_if(shifts.shift = 1) AS same_day_count
  FROM reported_days
  CROSS JOIN (VALUES (0), (1), (2)) AS shifts (shift)
  GROUP BY
    reported_days.agency,
    CAST(reported_days.observed_date + INTERVAL '1' DAY * (shifts.shift - 1) AS date)
),

compared_days AS (
  SELECT
    record_days.agency,
    record_days.event_date,
    CASE
      WHEN near_days.same_day_count > 0 THEN 'same_day'
      WHEN near_days.same_day_count IS NOT NULL THEN 'day_beside'
      ELSE 'only_theirs'
    END AS day_outcome
  FROM record_days
  LEFT JOIN near_days
    ON near_days.agency = record_days.agency
    AND near_days.near_date = record_days.event_date
),

-- Which of the days that a file names have a report is known to the city alone. Each outcome stands for eleven of them or more, or for none, as a count of incidents does.
counted_days AS (
  SELECT
    compared_days.agency,
    compared_days.event_date,
    compared_days.day_outcome,
    count(CASE WHEN compared_days.day_outcome = 'same_day' THEN 1 END) OVER (
      PARTITION BY compared_days.agency
    ) AS same_days,
    count(CASE WHEN compared_days.day_outcome = 'day_beside' THEN 1 END) OVER (
      PARTITION BY compared_days.agency
    ) AS days_beside,
    count(CASE WHEN compared_days.day_outcome <> 'only_theirs' THEN 1 END) OVER (
      PARTITION BY compared_days.agency
    ) AS matched_days,
    count(CASE WHEN compared_days.day_outcome = 'only_theirs' THEN 1 END) OVER (
      PARTITION BY compared_days.agency
    ) AS unmatched_days
  FROM compared_days
),

day_outcomes AS (
  SELECT
    counted_days.agency,
    counted_days.event_date,
    CASE
      WHEN (counted_days.matched_days > 0 AND counted_days.matched_days < 11)
        OR (counted_days.unmatched_days > 0 AND counted_days.unmatched_days < 11)
        THEN 'not_told_apart'
      WHEN counted_days.day_outcome = 'only_theirs' THEN 'only_theirs'
      WHEN (counted_days.same_days > 0 AND counted_days.same_days < 11)
        OR (counted_days.days_beside > 0 AND counted_days.days_beside < 11)
        THEN 'within_a_day'
      ELSE counted_days.day_outcome
    END AS comparison
  FROM counted_days
),

counted_records AS (
  SELECT
    CASE
      WHEN placed_records.placing = 'comparable' THEN day_outcomes.comparison
      ELSE placed_records.placing
    END AS comparison,
    placed_records.agency AS releasing_agency,
    placed_records.record_count
  FROM placed_records
  LEFT JOIN day_outcomes
    ON day_outcomes.agency = placed_records.agency
    AND day_outcomes.event_date = placed_records.event_date
)

SELECT
  counted_records.comparison,
  counted_records.releasing_agency,
  sum(counted_records.record_count) AS record_count
FROM counted_records
GROUP BY
  counted_records.comparison,
  counted_records.releasing_agency
ORDER BY
  counted_records.comparison,
  counted_records.releasing_agency
