-- Question: How many records did federal agencies release for each month, by kind and category?
-- Grain:    One row per month of the event and kind of record with its category; 'unknown' holds records whose month is redacted, empty or not stated. Kinds count different things and are never added up in a text.
-- Audience: raw counts, for disclosure control only; nobody sees them before a release.
WITH
parameters AS (
  SELECT
    CAST(? AS timestamp) AS as_of
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

standing_readings AS (
  SELECT
    ranked_statements.file_sha256,
    ranked_statements.reading
  FROM ranked_statements
  WHERE ranked_statements.statement_rank = 1
    AND ranked_statements.statement IN ('read', 'reinstated')
),

-- A row of a file counts once, however often it was delivered; equal rows of one file are different people.
known_records AS (
  SELECT
    foia_records.event_month,
    foia_records.record_kind,
    foia_records.category,
    foia_records.record_count,
    row_number() OVER (
      PARTITION BY foia_records.file_sha256, foia_records.sheet, foia_records.table_number, foia_records.row_number
      ORDER BY foia_records.recorded_at
    ) AS delivery_rank
  FROM foia_records
  CROSS JOIN parameters
  INNER JOIN standing_readings
    ON standing_readings.file_sha256 = foia_records.file_sha256
    AND standing_readings.reading = foia_records.reading
  WHERE foia_records.recorded_at <= parameters.as_of
),

counted_records AS (
  SELECT
    coalesce(known_records.event_month, 'unknown') AS event_month,
    known_records.record_kind || ': ' || coalesce(known_records.category, 'unknown') AS record_category,
    known_records.record_count
  FROM known_records
  WHERE known_records.delivery_rank = 1
)

SELECT
  counted_records.event_month,
  counted_records.record_category,
  sum(counted_records.record_count) AS record_count
FROM counted_records
GROUP BY
  counted_records.event_month,
  counted_records.record_category
ORDER BY
  counted_records.event_month,
  counted_records.record_category
