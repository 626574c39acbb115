-- Question: How many reported incidents fall on a day for which the agency released a record of an arrest in an area that holds the city, and how many do not?
-- Grain:    One row per month of whole weeks and outcome that the days of the agency files allow in it, with 0 where no incident has it; each incident counts once.
-- Audience: raw counts, for disclosure control only; nobody sees them before a release.
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
  WHERE foia_statements.recorded_at <= parameters.records_as_of
),

-- Arrests with a day, in an area that holds the city and is no wider than the source supports; a state is too wide to say anything of a city.
arrest_records AS (
  SELECT DISTINCT
    foia_records.file_sha256,
    foia_records.agency,
    foia_records.event_date
  FROM foia_records
  CROSS JOIN parameters
  INNER JOIN ranked_statements
    ON ranked_statements.file_sha256 = foia_records.file_sha256
    AND ranked_statements.reading = foia_records.reading
  WHERE ranked_statements.statement_rank = 1
    AND ranked_statements.statement IN ('read', 'reinstated')
    AND foia_records.recorded_at <= parameters.records_as_of
    AND foia_records.record_kind = 'arrest'
    AND foia_records.event_date IS NOT NULL
    AND (
      (foia_records.area_level = 'county' AND foia_records.area = parameters.county_area)
      OR (foia_records.area_level = 'aor' AND foia_records.area = parameters.aor_area)
      OR (foia_records.area_level = 'sector' AND foia_records.area = parameters.sector_area)
    )
),

-- An arrest in the night is written under one day by one side and under the next by the other: a day beside is told apart from the day itself.
near_days AS (
  SELECT
    arrest_records.agency,
    CAST(arrest_records.event_date + INTERVAL '1' DAY * (shifts.shift - 1) AS date) AS near_date,
    count_if(shifts.shift = 1) AS same_day_count
  FROM arrest_records
  CROSS JOIN (VALUES (0), (1), (2)) AS shifts (shift)
  GROUP BY
    arrest_records.agency,
    CAST(arrest_records.event_date + INTERVAL '1' DAY * (shifts.shift - 1) AS date)
),

-- What a file tells of: the days from its first to its last such arrest.
file_spans AS (
  SELECT
    arrest_records.file_sha256,
    arrest_records.agency,
    min(arrest_records.event_date) AS first_date,
    max(arrest_records.event_date) AS last_date
  FROM arrest_records
  GROUP BY
    arrest_records.file_sha256,
    arrest_records.agency
),

digits AS (
  SELECT
    numbers.digit
  FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS numbers (digit)
),

weekdays AS (
  SELECT
    numbers.weekday
  FROM (VALUES (0), (1), (2), (3), (4), (5), (6)) AS numbers (weekday)
),

agencies AS (
  SELECT
    names.agency
  FROM (VALUES ('ICE'), ('CBP')) AS names (agency)
),

-- A hundred Mondays; those of the months at the ends stand beside the window, so that a month is judged whole however few of its weeks are counted here.
mondays AS (
  SELECT
    CAST(parameters.from_week + INTERVAL '7' DAY * (tens.digit * 10 + ones.digit - 4) AS date) AS observed_week
  FROM parameters
  CROSS JOIN digits AS tens
  CROSS JOIN digits AS ones
),

agency_days AS (
  SELECT
    agencies.agency,
    substr(CAST(CAST(mondays.observed_week + INTERVAL '3' DAY AS date) AS varchar), 1, 7) AS observed_month,
    CAST(mondays.observed_week + INTERVAL '1' DAY * weekdays.weekday AS date) AS observed_date
  FROM mondays
  CROSS JOIN parameters
  CROSS JOIN weekdays
  CROSS JOIN agencies
  WHERE mondays.observed_week <= CAST(parameters.to_week + INTERVAL '28' DAY AS date)
),

compared_days AS (
  SELECT
    agency_days.agency,
    agency_days.observed_month,
    agency_days.observed_date,
    CASE
      WHEN count(file_spans.file_sha256) = 0 THEN 'not_released'
      WHEN coalesce(max(near_days.same_day_count), 0) > 0 THEN 'same_day'
      WHEN count(near_days.same_day_count) > 0 THEN 'day_beside'
      ELSE 'only_ours'
    END AS day_outcome
  FROM agency_days
  LEFT JOIN file_spans
    ON file_spans.agency = agency_days.agency
    AND file_spans.first_date <= agency_days.observed_date
    AND file_spans.last_date >= agency_days.observed_date
  LEFT JOIN near_days
    ON near_days.agency = agency_days.agency
    AND near_days.near_date = agency_days.observed_date
  GROUP BY
    agency_days.agency,
    agency_days.observed_month,
    agency_days.observed_date
),

-- Who holds the agency's file knows these days. No outcome may stand for fewer than seven of them, because no time finer than a week is published.
counted_days AS (
  SELECT
    compared_days.agency,
    compared_days.observed_month,
    compared_days.observed_date,
    compared_days.day_outcome,
    count(CASE WHEN compared_days.day_outcome = 'same_day' THEN 1 END) OVER (
      PARTITION BY compared_days.agency, compared_days.observed_month
    ) AS same_days,
    count(CASE WHEN compared_days.day_outcome = 'day_beside' THEN 1 END) OVER (
      PARTITION BY compared_days.agency, compared_days.observed_month
    ) AS days_beside,
    count(CASE WHEN compared_days.day_outcome IN ('same_day', 'day_beside') THEN 1 END) OVER (
      PARTITION BY compared_days.agency, compared_days.observed_month
    ) AS matched_days,
    count(CASE WHEN compared_days.day_outcome = 'only_ours' THEN 1 END) OVER (
      PARTITION BY compared_days.agency, compared_days.observed_month
    ) AS unmatched_days,
    count(CASE WHEN compared_days.day_outcome = 'not_released' THEN 1 END) OVER (
      PARTITION BY compared_days.agency, compared_days.observed_month
    ) AS unreleased_days,
    count(CASE WHEN compared_days.day_outcome <> 'not_released' THEN 1 END) OVER (
      PARTITION BY compared_days.agency, compared_days.observed_month
    ) AS days_released
  FROM compared_days
),

day_outcomes AS (
  SELECT
    counted_days.agency,
    counted_days.observed_month,
    counted_days.observed_date,
    CASE
      WHEN (counted_days.unreleased_days > 0 AND counted_days.unreleased_days < 7)
        OR (counted_days.days_released > 0 AND counted_days.days_released < 7)
        THEN 'not_told_apart'
      WHEN counted_days.day_outcome = 'not_released' THEN 'not_released'
      WHEN (counted_days.matched_days > 0 AND counted_days.matched_days < 7)
        OR (counted_days.unmatched_days > 0 AND counted_days.unmatched_days < 7)
        THEN 'not_told_apart'
      WHEN counted_days.day_outcome = 'only_ours' THEN 'only_ours'
      WHEN (counted_days.same_days > 0 AND counted_days.same_days < 7)
        OR (counted_days.days_beside > 0 AND counted_days.days_beside < 7)
        THEN 'within_a_day'
      ELSE counted_days.day_outcome
    END AS comparison
  FROM counted_days
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

-- The last version of each report; withdrawn reports and zero reports are no incidents. A record is a person taken, so only incidents with somebody taken can be in it.
counted_incidents AS (
  SELECT
    substr(CAST(CAST(known_versions.observed_week + INTERVAL '3' DAY AS date) AS varchar), 1, 7) AS observed_month,
    CASE
      WHEN day_outcomes.comparison IS NULL THEN 'not_certain'
      WHEN coalesce(known_versions.activity_group, 'unknown') NOT IN ('arrest', 'detention') THEN 'nobody_taken'
      WHEN coalesce(known_versions.time_precision, 'unknown') = 'unknown' THEN 'not_certain'
      ELSE day_outcomes.comparison
    END AS comparison
  FROM known_versions
  CROSS JOIN parameters
  LEFT JOIN day_outcomes
    ON day_outcomes.agency = known_versions.agency_group
    AND day_outcomes.observed_date = known_versions.observed_date
  WHERE known_versions.version_rank = 1
    AND known_versions.kind = 'incident'
    AND known_versions.operation <> 'withdraw'
    AND known_versions.observed_week >= parameters.from_week
    AND known_versions.observed_week <= parameters.to_week
),

-- Outcomes that no day of the month has are none that an incident could have: whoever holds the agency's file knows that, and no row stands for them.
possible_outcomes AS (
  SELECT DISTINCT
    day_outcomes.observed_month,
    CASE
      WHEN others.comparison = 'of the days' THEN day_outcomes.comparison
      ELSE others.comparison
    END AS comparison
  FROM day_outcomes
  CROSS JOIN parameters
  CROSS JOIN (VALUES ('of the days'), ('nobody_taken'), ('not_certain')) AS others (comparison)
  WHERE day_outcomes.observed_date >= parameters.from_week
    AND day_outcomes.observed_date <= CAST(parameters.to_week + INTERVAL '6' DAY AS date)
)

SELECT
  possible_outcomes.observed_month,
  possible_outcomes.comparison,
  count(counted_incidents.comparison) AS incident_count
FROM possible_outcomes
LEFT JOIN counted_incidents
  ON counted_incidents.observed_month = possible_outcomes.observed_month
  AND counted_incidents.comparison = possible_outcomes.comparison
GROUP BY
  possible_outcomes.observed_month,
  possible_outcomes.comparison
ORDER BY
  possible_outcomes.observed_month,
  possible_outcomes.comparison
