-- Items table of ASYCUDA World -> controls. Top-up amount and offences belong to the declaration and are repeated on every item.
WITH
field AS (
    SELECT
        nullif(upper(trim(office)), '') AS office,
        nullif(upper(replace(regno, ' ', '')), '') AS regno,
        split_part(trim(regdate), ' ', 1) AS day,
        lower(trim(lane_at_selectivity)) AS lane,
        nullif(replace(replace(topup_amount, ',', ''), ' ', ''), '') AS topup,
        nullif(trim(list_offences), '') AS offences,
        _file,
        CAST(_line AS BIGINT) AS _line
    FROM source
),
keyed AS (
    SELECT
        *,
        CASE
            WHEN strpos(day, '/') > 0 THEN
                split_part(day, '/', 3) || '-' || lpad(split_part(day, '/', 2), 2, '0') || '-' || lpad(split_part(day, '/', 1), 2, '0')
            ELSE substr(day, 1, 10)
        END AS registered_on
    FROM field
),
act AS (
    SELECT
        office || '-' || substr(registered_on, 1, 4) || '-' || regno AS decl_id,
        min(registered_on) AS registered_on,
        min(lane) AS lane,
        max(TRY_CAST(topup AS DECIMAL(20, 4))) AS topup,
        -- What is no number is passed on as it is, so that the control goes to quarantine with it.
        min(CASE WHEN topup IS NOT NULL AND TRY_CAST(topup AS DECIMAL(20, 4)) IS NULL THEN topup END) AS topup_text,
        min(offences) AS offences,
        min(_file) AS _file,
        min(_line) AS _line
    FROM keyed
    GROUP BY office || '-' || substr(registered_on, 1, 4) || '-' || regno
)
SELECT
    decl_id,
    decl_id || '-act' AS control_id,
    registered_on,
    CASE WHEN lane = 'red' THEN 'physical' ELSE 'document' END AS kind,
    CASE WHEN offences IS NOT NULL OR coalesce(topup, 0) > 0 THEN 'true' ELSE 'false' END AS hit,
    nullif(trim(split_part(replace(replace(offences, ';', ','), '|', ','), ',', 1)), '') AS first_offence,
    coalesce(topup_text, CAST(topup AS VARCHAR)) AS topup,
    _file, _line
FROM act
WHERE decl_id IS NOT NULL
    AND (lane IN ('red', 'yellow') OR offences IS NOT NULL OR topup > 0 OR topup_text IS NOT NULL)
