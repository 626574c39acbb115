-- Rows that must not exist in the answer of foia_records_compared_with_reports_v1; `answer` is the question itself (core/lake/bind-checks.ts).
-- Grain:    one row per broken rule and place.
-- Audience: engineers; a broken rule stops the release.
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
    min(foia_records.agency) AS agency,
    min(foia_records.event_date) AS event_date,
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

-- Days with any report of the agency, whatever was done: no record off them can be matched on its day.
report_days AS (
  SELECT DISTINCT
    report_versions.agency_group,
    report_versions.observed_date
  FROM report_versions
  CROSS JOIN parameters
  WHERE report_versions.recorded_at <= parameters.as_of
    AND report_versions.kind = 'incident'
),

recounted AS (
  SELECT
    coalesce(sum(distinct_records.record_count), 0) AS record_count,
    coalesce(sum(CASE
      WHEN report_days.observed_date IS NOT NULL
        AND distinct_records.event_date >= parameters.from_week
        AND distinct_records.event_date <= CAST(parameters.to_week + INTERVAL '6' DAY AS date)
        THEN distinct_records.record_count
      ELSE 0
    END), 0) AS most_matched
  FROM distinct_records
  CROSS JOIN parameters
  LEFT JOIN report_days
    ON report_days.agency_group = distinct_records.agency
    AND report_days.observed_date = distinct_records.event_date
),

answered AS (
  SELECT
    coalesce(sum(answer.record_count), 0) AS record_count,
    coalesce(sum(CASE WHEN answer.comparison = 'same_day' THEN answer.record_count ELSE 0 END), 0) AS matched_count
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
  'more records are matched than fall on days with a report' AS broken_rule,
  'all' AS place
FROM answered
CROSS JOIN recounted
WHERE answered.matched_count > recounted.most_matched

UNION ALL

SELECT
  'a cell stands twice' AS broken_rule,
  coalesce(answer.releasing_agency, '?') || ' ' || coalesce(answer.comparison, '?') AS place
FROM answer
GROUP BY
  answer.releasing_agency,
  answer.comparison
HAVING count(*) > 1

UNION ALL

SELECT
  'a dimension is empty or a count is negative' AS broken_rule,
  coalesce(answer.releasing_agency, '?') || ' ' || coalesce(answer.comparison, '?') AS place
FROM answer
WHERE answer.releasing_agency IS NULL
  OR answer.comparison IS NULL
  OR answer.record_count < 0

ORDER BY
  broken_rule,
  place
