-- Operation log of ASYCUDA World -> events of declarations.
-- `source` holds the columns of the log as text. Nothing here fails on a bad value: it is passed on and quarantined.
WITH
-- Which operation stands for which event. Operation names are national texts: put yours here, in lower case.
-- An operation that is missing here is passed on under its own name; `none` drops it on purpose.
-- All else follows from this table: what is `customs_release` alone is a release order; what is also `inspection_result`
-- is a clearance, which releases only where no release order follows. Several names may stand for the same.
step (operation, event_type) AS (
    VALUES
        ('validate and assess',         'registered'),
        ('validate and assess',         'assessed'),
        ('request prn',                 'none'),
        ('payment',                     'paid'),
        ('release order (selectivity)', 'channel_assigned'),
        ('release order (selectivity)', 'lane_differs'),
        ('control results',             'inspection_result'),
        ('clear declaration',           'inspection_result'),
        ('clear declaration',           'customs_release'),
        ('system re-route to green',    'rerouted'),
        ('print release order',         'customs_release'),
        ('add scanned docs',            'none'),
        ('post-entry',                  'post_entry_amended')
),
role AS (
    SELECT
        operation,
        bool_or(event_type = 'customs_release') AND NOT bool_or(event_type = 'inspection_result') AS is_release_order,
        bool_or(event_type = 'customs_release') AND bool_or(event_type = 'inspection_result') AS is_clearance,
        bool_or(event_type = 'rerouted') AS is_reroute,
        CASE WHEN bool_or(event_type = 'registered') THEN 'registered'
             WHEN bool_or(event_type = 'lane_differs') THEN 'lane_differs' ELSE operation END AS family
    FROM step
    GROUP BY operation
),
field AS (
    SELECT
        nullif(upper(trim(office)), '') AS office,
        nullif(upper(replace(regno, ' ', '')), '') AS regno,
        nullif(CASE WHEN strpos(regdate, '/') > 0 THEN substr(split_part(trim(regdate), '/', 3), 1, 4)
                    ELSE substr(trim(regdate), 1, 4) END, '') AS registration_year,
        nullif(trim(operation), '') AS operation,
        trim(operation_time) AS operation_time,
        split_part(trim(operation_time), ' ', 1) AS day,
        split_part(trim(operation_time), ' ', 2) AS clock,
        nullif(trim(document_version), '') AS version,
        nullif(trim(username), '') AS actor,
        nullif(lower(trim(lane_at_selectivity)), '') AS lane,
        nullif(lower(trim(current_lane)), '') AS current_lane,
        _file,
        CAST(_line AS BIGINT) AS _line
    FROM source
),
-- The log repeats each operation for each container of the declaration: one row for each
-- (declaration, version, operation, time, user). Times become text that sorts: 2025-03-01 08:05.
operation_once AS (
    SELECT
        decl_id, version, operation, happened_at, actor,
        lower(operation) AS operation_key,
        CASE WHEN starts_with(happened_at, '20') OR starts_with(happened_at, '19') THEN happened_at END AS in_order,
        min(office) AS office, min(lane) AS lane, min(current_lane) AS current_lane,
        min(_file) AS _file, min(_line) AS _line
    FROM (
        SELECT
            *,
            -- The number starts anew every year and the column YEAR is the declarant's: office, year of registration, number.
            office || '-' || registration_year || '-' || regno AS decl_id,
            nullif(trim(CASE
                WHEN strpos(day, '/') > 0 THEN
                    split_part(day, '/', 3) || '-' || lpad(split_part(day, '/', 2), 2, '0') || '-'
                        || lpad(split_part(day, '/', 1), 2, '0') || ' '
                        || CASE WHEN length(clock) BETWEEN 1 AND 4 THEN lpad(clock, 5, '0') ELSE clock END
                ELSE operation_time
            END), '') AS happened_at
        FROM field
    ) AS keyed
    GROUP BY decl_id, version, operation, happened_at, actor
),
-- What must be known about the whole declaration.
with_role AS (
    SELECT
        operation_once.*,
        coalesce(role.is_release_order, FALSE) AS is_release_order,
        coalesce(role.is_clearance, FALSE) AS is_clearance,
        coalesce(role.is_reroute, FALSE) AS is_reroute,
        coalesce(role.family, operation_once.operation_key) AS family
    FROM operation_once
    LEFT JOIN role ON role.operation = operation_once.operation_key
),
whole AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY decl_id, family ORDER BY in_order, version, actor) AS nth,
        max(CASE WHEN is_clearance THEN in_order END) OVER (PARTITION BY decl_id) AS last_clear,
        max(in_order) OVER (PARTITION BY decl_id) AS last_operation,
        sum(CASE WHEN is_reroute THEN 1 ELSE 0 END) OVER (PARTITION BY decl_id) AS reroutes
    FROM with_role
),
ordered AS (
    SELECT
        *,
        min(CASE WHEN is_release_order AND (last_clear IS NULL OR in_order >= last_clear) THEN in_order END)
            OVER (PARTITION BY decl_id) AS release_order
    FROM whole
),
-- One release for each declaration: the first release order after the last clearance; without one, the last clearance.
candidate AS (
    SELECT
        *,
        (is_release_order AND in_order = release_order)
            OR (is_clearance AND release_order IS NULL AND in_order = last_clear) AS may_release
    FROM ordered
),
numbered AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY decl_id, coalesce(may_release, FALSE) ORDER BY version, actor) AS release_nth
    FROM candidate
),
event AS (
    SELECT
        numbered.decl_id,
        CASE WHEN step.event_type = 'lane_differs' THEN 'rerouted' ELSE coalesce(step.event_type, numbered.operation) END AS event_type,
        -- A lane that changed without a re-route operation changed at an unknown time: the day of the last operation is the latest possible.
        CASE WHEN step.event_type = 'lane_differs' THEN substr(numbered.last_operation, 1, 10) ELSE numbered.happened_at END AS happened_at,
        CASE WHEN step.event_type = 'lane_differs' THEN NULL ELSE numbered.actor END AS actor,
        CASE step.event_type WHEN 'lane_differs' THEN 'time_unknown' WHEN 'inspection_result' THEN replace(numbered.operation_key, ' ', '_') END AS result,
        -- Green is also what remains when no lane was set, so only a selectivity operation says which lane it was.
        CASE WHEN step.event_type = 'channel_assigned' THEN numbered.lane END AS lane,
        numbered.office, numbered.version, numbered._file, numbered._line
    FROM numbered
    LEFT JOIN step ON step.operation = numbered.operation_key
    WHERE coalesce(step.event_type, '') <> 'none'
        AND (coalesce(step.event_type, '') <> 'registered' OR numbered.nth = 1)
        AND (coalesce(step.event_type, '') <> 'customs_release' OR (coalesce(numbered.may_release, FALSE) AND numbered.release_nth = 1))
        AND (coalesce(step.event_type, '') <> 'lane_differs'
            OR (numbered.nth = 1 AND numbered.reroutes = 0 AND coalesce(numbered.lane <> numbered.current_lane, FALSE)))
)
SELECT
    decl_id, event_type, happened_at, office, actor, lane, result, _file, _line,
    CAST(row_number() OVER (PARTITION BY decl_id, event_type, happened_at ORDER BY version, actor, result) AS VARCHAR) AS event_no
FROM event
