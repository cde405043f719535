-- Items table of ASYCUDA World -> declaration items.
WITH
field AS (
    SELECT
        nullif(upper(trim(office)), '') AS office,
        nullif(upper(replace(regno, ' ', '')), '') AS regno,
        split_part(trim(regdate), ' ', 1) AS day,
        nullif(trim(itemno), '') AS item_no,
        nullif(upper(trim(regime)), '') AS regime,
        nullif(replace(replace(trim(hscode), '.', ''), ' ', ''), '') AS hs_code,
        nullif(trim(preference), '') AS preference,
        nullif(upper(trim(origin)), '') AS origin,
        nullif(upper(trim(lastconsigned)), '') AS partner,
        nullif(trim(commercial_description), '') AS commercial_description,
        nullif(trim(tariff_description), '') AS tariff_description,
        nullif(replace(replace(grossweight, ',', ''), ' ', ''), '') AS gross_mass,
        nullif(replace(replace(netweight, ',', ''), ' ', ''), '') AS net_mass,
        nullif(replace(replace(qty, ',', ''), ' ', ''), '') AS quantity,
        nullif(replace(replace(vdp_amounts, ',', ''), ' ', ''), '') AS customs_value,
        nullif(replace(replace(duty, ',', ''), ' ', ''), '') AS duty,
        nullif(replace(replace(excise, ',', ''), ' ', ''), '') AS excise,
        nullif(replace(replace(vat, ',', ''), ' ', ''), '') AS vat,
        nullif(replace(replace(duty_loss, ',', ''), ' ', ''), '') AS duty_loss,
        nullif(replace(replace(excise_loss, ',', ''), ' ', ''), '') AS excise_loss,
        nullif(replace(replace(vat_loss, ',', ''), ' ', ''), '') AS vat_loss,
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
-- An item stands once for each of its supplementary units: the first line, which has the first unit's quantity, counts.
ranked AS (
    SELECT
        *,
        office || '-' || substr(registered_on, 1, 4) || '-' || regno AS decl_id,
        row_number() OVER (PARTITION BY office, substr(registered_on, 1, 4), regno, item_no ORDER BY _file, _line) AS line_of_item
    FROM dated
)
SELECT
    decl_id, item_no, registered_on, regime, preference, origin, partner,
    -- A spreadsheet drops the leading zero of an eight-digit code.
    CASE WHEN length(hs_code) = 7 THEN lpad(hs_code, 8, '0') ELSE hs_code END AS hs_code,
    coalesce(commercial_description, tariff_description) AS description,
    gross_mass, net_mass, quantity, customs_value,
    -- TOTALTAX and TOTAL_LOSS are empty when one of the three is: added up here. What is no number is passed on and quarantined.
    CASE
        WHEN duty IS NULL AND excise IS NULL AND vat IS NULL THEN NULL
        WHEN duty IS NOT NULL AND TRY_CAST(duty AS DECIMAL(20, 4)) IS NULL THEN duty
        WHEN excise IS NOT NULL AND TRY_CAST(excise AS DECIMAL(20, 4)) IS NULL THEN excise
        WHEN vat IS NOT NULL AND TRY_CAST(vat AS DECIMAL(20, 4)) IS NULL THEN vat
        ELSE CAST(coalesce(TRY_CAST(duty AS DECIMAL(20, 4)), 0) + coalesce(TRY_CAST(excise AS DECIMAL(20, 4)), 0)
            + coalesce(TRY_CAST(vat AS DECIMAL(20, 4)), 0) AS VARCHAR)
    END AS total_taxes,
    CASE
        WHEN duty_loss IS NULL AND excise_loss IS NULL AND vat_loss IS NULL THEN NULL
        WHEN duty_loss IS NOT NULL AND TRY_CAST(duty_loss AS DECIMAL(20, 4)) IS NULL THEN duty_loss
        WHEN excise_loss IS NOT NULL AND TRY_CAST(excise_loss AS DECIMAL(20, 4)) IS NULL THEN excise_loss
        WHEN vat_loss IS NOT NULL AND TRY_CAST(vat_loss AS DECIMAL(20, 4)) IS NULL THEN vat_loss
        ELSE CAST(coalesce(TRY_CAST(duty_loss AS DECIMAL(20, 4)), 0) + coalesce(TRY_CAST(excise_loss AS DECIMAL(20, 4)), 0)
            + coalesce(TRY_CAST(vat_loss AS DECIMAL(20, 4)), 0) AS VARCHAR)
    END AS total_exempt,
    _file, _line
FROM ranked
WHERE line_of_item = 1 OR decl_id IS NULL OR item_no IS NULL
