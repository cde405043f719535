-- Items table of ASYCUDA World -> declarations. Columns of the header are repeated on every item.
WITH
field AS (
    SELECT
        nullif(upper(trim(office)), '') AS office,
        nullif(upper(trim(entry)), '') AS border_office,
        nullif(upper(replace(regno, ' ', '')), '') AS regno,
        split_part(trim(regdate), ' ', 1) AS day,
        nullif(trim(itemno), '') AS item_no,
        nullif(upper(trim(regime)), '') AS regime,
        nullif(trim(extended_proc), '') AS extended_procedure,
        nullif(trim(exporter), '') AS exporter,
        nullif(trim(tpin), '') AS consignee,
        nullif(trim(dec_code), '') AS declarant,
        nullif(trim(means_of_tpt), '') AS mode,
        nullif(upper(trim(delivery)), '') AS incoterm,
        nullif(replace(replace(packages, ',', ''), ' ', ''), '') AS packages,
        nullif(replace(replace(vdp_amounts, ',', ''), ' ', ''), '') AS customs_value,
        _file,
        CAST(_line AS BIGINT) AS _line
    FROM source
),
dated AS (
    SELECT
        *,
        CASE
            WHEN strpos(day, '/') > 0 THEN
                split_part(day, '/', 3) || '-' || lpad(split_part(day, '/', 2), 2, '0') || '-' || lpad(split_part(day, '/', 1), 2, '0')
            ELSE substr(day, 1, 10)
        END AS registered_on
    FROM field
),
-- An item stands once for each of its supplementary units: its value and packages count once.
ranked AS (
    SELECT
        *,
        office || '-' || substr(registered_on, 1, 4) || '-' || regno AS decl_id,
        row_number() OVER (PARTITION BY office, substr(registered_on, 1, 4), regno, item_no ORDER BY _file, _line) AS line_of_item,
        row_number() OVER (PARTITION BY office, substr(registered_on, 1, 4), regno ORDER BY TRY_CAST(item_no AS BIGINT), _file, _line) AS line_of_declaration
    FROM dated
),
-- Items without a full key cannot be joined to a declaration: item.toml lists them.
added AS (
    SELECT
        decl_id,
        CAST(count(*) AS VARCHAR) AS n_items,
        CAST(sum(TRY_CAST(packages AS DECIMAL(20, 0))) AS VARCHAR) AS n_packages,
        -- A value that is no number is passed on as it is, so that the declaration goes to quarantine with it.
        coalesce(
            min(CASE WHEN customs_value IS NOT NULL AND TRY_CAST(customs_value AS DECIMAL(20, 4)) IS NULL THEN customs_value END),
            CAST(sum(TRY_CAST(customs_value AS DECIMAL(20, 4))) AS VARCHAR)
        ) AS customs_value
    FROM ranked
    WHERE line_of_item = 1
    GROUP BY decl_id
)
SELECT
    ranked.decl_id, ranked.registered_on, ranked.office, ranked.border_office, ranked.regime, ranked.extended_procedure,
    ranked.exporter, ranked.consignee, ranked.declarant, ranked.mode, ranked.incoterm,
    added.n_items, added.n_packages, added.customs_value, ranked._file, ranked._line
FROM ranked
INNER JOIN added ON added.decl_id = ranked.decl_id
WHERE ranked.line_of_declaration = 1
