-- Question: Which agency files stand behind the counts of FOIA records, and which no longer do?
-- Grain:    One row per agency file of which records were taken: whether they count, of which reading, and what took their place.
-- Audience: named beside every count of FOIA records; it holds no count of records.
WITH
parameters AS (
  SELECT
    CAST(? AS timestamp) AS as_of
),

-- What is said about a file last holds.
ranked_statements AS (
  SELECT
    foia_statements.file_sha256,
    foia_statements.foia_release,
    foia_statements.statement,
    foia_statements.reading,
    foia_statements.replaced_by,
    row_number() OVER (
      PARTITION BY foia_statements.file_sha256
      ORDER BY foia_statements.recorded_at DESC, foia_statements.sequence DESC
    ) AS statement_rank
  FROM foia_statements
  CROSS JOIN parameters
  WHERE foia_statements.recorded_at <= parameters.as_of
),

-- A file of which no row was accepted stands behind no count.
read_files AS (
  SELECT
    foia_records.file_sha256,
    foia_records.reading
  FROM foia_records
  CROSS JOIN parameters
  WHERE foia_records.recorded_at <= parameters.as_of
  GROUP BY
    foia_records.file_sha256,
    foia_records.reading
)

SELECT
  ranked_statements.foia_release,
  ranked_statements.file_sha256,
  CASE WHEN ranked_statements.statement IN ('read', 'reinstated') THEN 'counted' ELSE ranked_statements.statement END AS standing,
  ranked_statements.reading,
  ranked_statements.replaced_by,
  count(*) AS file_count
FROM ranked_statements
INNER JOIN read_files
  ON read_files.file_sha256 = ranked_statements.file_sha256
  AND read_files.reading = ranked_statements.reading
WHERE ranked_statements.statement_rank = 1
GROUP BY
  ranked_statements.foia_release,
  ranked_statements.file_sha256,
  ranked_statements.statement,
  ranked_statements.reading,
  ranked_statements.replaced_by
ORDER BY
  ranked_statements.foia_release,
  ranked_statements.file_sha256
