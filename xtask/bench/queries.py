"""The benchmark's KPIs in DuckDB, written by hand: one query a KPI, or one fused query a table.

    queries.py (singles|fused) RECORDS MONTHS OUT

RECORDS holds declaration/ and item/ in month=YYYY-MM folders; MONTHS is a comma-separated list of them. OUT becomes a CSV
file with the columns kpi, statistic, office, month, value.

What helps DuckDB was chosen wherever there was a choice: the month is the folder's name (free), clocks are differences of
whole microseconds, quantiles of one population are asked for in one call, both tables are grouped before they are joined,
and what a KPI's own checks, coverage and intervals need is left out (Mizan computes them too).

A clock counts only if it stops by the closing, some days after the month's end. Later, or never: pending. A stop before
the start, or a missing start: unusable. Durations are counted in the minutes that cover them.
"""

import sys
import time

import duckdb

MINUTE = 60_000_000
DAY = 24 * 60 * MINUTE
OPEN = 999_999_999  # minutes of a case that is still open

# Stamps as microseconds, and the closings of the month. `month` is constant in a file, and so is what is made of it.
DECLARATION = f"""
    SELECT *,
        epoch_us(accepted_at) AS accepted, epoch_us(lodged_at) AS lodged, epoch_us(arrived_at) AS arrived,
        epoch_us(registered_at) AS registered, epoch_us(channel_at) AS laned,
        epoch_us(inspection_result_at) AS inspected, epoch_us(released_at) AS released,
        epoch_us((month || '-01')::DATE + INTERVAL 1 MONTH) AS month_end,
        month_end + 7 * {DAY} AS closing_7, month_end + 30 * {DAY} AS closing_30, month_end + 31 * {DAY} AS closing_31
    FROM declaration WHERE NOT cancelled
"""
ITEM = "SELECT * FROM item WHERE NOT cancelled"

IMPORT = "flow = 'import'"
HOME_USE = "flow = 'import' AND procedure = 'home_use'"


def minutes(start, stop):
    """Whole minutes that cover a duration."""
    return f"(({stop}) - ({start}) + {MINUTE - 1}) // {MINUTE}"


def counted(start, stop):
    """Usable or pending: everything but a missing start and a stop before it."""
    return f"({start} IS NOT NULL AND ({stop} IS NULL OR {stop} >= {start}))"


def usable(start, stop, closing):
    return f"({stop} >= {start} AND {stop} <= {closing})"


def share(part, whole):
    return f"100.0 * count(*) FILTER (WHERE ({whole}) AND ({part})) / nullif(count(*) FILTER (WHERE {whole}), 0)"


def hours(quantiles, position):
    return f"{quantiles}[{position}] / 60.0"


ARRIVAL_RELEASE = f"{HOME_USE} AND arrived IS NOT NULL AND released <= closing_30"
ARRIVAL = "least(arrived, released)"
LODGED_RELEASE = f"{HOME_USE} AND {usable('lodged', 'released', 'closing_30')}"
INSPECTION = f"channel = 'red' AND {usable('laned', 'inspected', 'closing_30')}"
REGISTERED = counted("registered", "released")

# Columns of one grouped SELECT over a table: what each KPI needs, by KPI. Names that begin with `_` are not figures.
DECLARATION_KPIS = {
    "TF-01": {
        "_T": share(
            "lodgement = 'electronic' AND processing = 'electronic'",
            "lodgement IN ('electronic', 'paper') AND processing IN ('electronic', 'paper')",
        )
    },
    "TF-07": {
        "_quantiles": f"quantile_disc({minutes(ARRIVAL, 'released')}, [0.5, 0.9]) FILTER (WHERE {ARRIVAL_RELEASE})",
        "_T": f"avg(released - {ARRIVAL}) FILTER (WHERE {ARRIVAL_RELEASE}) / {60.0 * MINUTE}",
        "median": hours("{_quantiles}", 1),
        "p90": hours("{_quantiles}", 2),
    },
    "TF-08": {
        "_quantile": f"quantile_disc({minutes('lodged', 'released')}, 0.5) FILTER (WHERE {LODGED_RELEASE})",
        "_T": f"avg(released - lodged) FILTER (WHERE {LODGED_RELEASE}) / {60.0 * MINUTE}",
        "median": "{_quantile} / 60.0",
    },
    # Cases are censored long after the quantiles asked for, so the survival curve's quantile is that of all cases with
    # the open ones last.
    "TF-09": {
        "_quantiles": f"quantile_disc(CASE WHEN released <= closing_30 THEN {minutes(ARRIVAL, 'released')} ELSE {OPEN} END,"
        f" [0.25, 0.5, 0.75, 0.9]) FILTER (WHERE {HOME_USE} AND arrived IS NOT NULL)",
        "_T": f"nullif({{_quantiles}}[4], {OPEN}) / 60.0",
        "iqr": f"(nullif({{_quantiles}}[3], {OPEN}) - {{_quantiles}}[1]) / 60.0",
        "median": f"nullif({{_quantiles}}[2], {OPEN}) / 60.0",
    },
    "TF-10": {
        "_T": share(
            f"{usable('registered', 'released', 'closing_7')} AND released // {DAY} = registered // {DAY}", REGISTERED
        )
    },
    "TF-11": {
        "_T": "100.0 - "
        + share(f"{usable('registered', 'released', 'closing_7')} AND released - registered < {5 * DAY}", REGISTERED)
    },
    "TF-12": {
        "_T": "100.0 - "
        + share(f"{usable('registered', 'released', 'closing_31')} AND released - registered <= {30 * DAY}", REGISTERED)
    },
    "TF-13": {
        "_T": share(
            f"{usable('lodged', 'released', 'closing_30')} AND released - lodged <= standard_minutes * {MINUTE}",
            f"flow IN ('import', 'export') AND standard_minutes IS NOT NULL AND {counted('lodged', 'released')}",
        )
    },
    "TF-14": {
        "_quantile": f"quantile_disc({minutes('laned', 'inspected')}, 0.5) FILTER (WHERE {INSPECTION})",
        "_T": f"avg(inspected - laned) FILTER (WHERE {INSPECTION}) / {60.0 * MINUTE}",
        "median": "{_quantile} / 60.0",
    },
    "TF-15": {"_T": share("n_inspections >= 1", "true")},
    "TF-16": {"_T": share("n_inspections >= 2", "true")},
    "TF-17": {"_T": share("lodged < arrived", f"{IMPORT} AND lodged IS NOT NULL AND arrived IS NOT NULL")},
    "TF-25": {"_T": share("joint_inspection", "coalesce(n_agencies, 0) >= 2 OR coalesce(joint_inspection, false)")},
    "TF-31": {
        "_T": share(
            f"{usable('accepted', 'released', 'closing_7')} AND released - accepted <= {60 * MINUTE}",
            f"{IMPORT} AND {counted('accepted', 'released')}",
        )
    },
    "OD-05": {"_T": share("n_reroutes > 0", "n_reroutes >= 0")},
    "OD-12": {"_T": share("matched_partner", "true")},
    "BX-01": {
        "_T": share(f"released <= closing_30 AND {minutes('lodged', 'released')} <= 1440", LODGED_RELEASE)
    },
    "BX-02": {"_T": share("ecommerce", "ecommerce IS NOT NULL")},
    "BX-03": {"_T": f"count(DISTINCT consignee) FILTER (WHERE {IMPORT})::DOUBLE"},
}
ITEM_KPIS = {
    "RC-20": {
        "_T": f"100.0 * coalesce(sum(total_exempt) FILTER (WHERE {IMPORT})::DOUBLE, 0)"
        f" / nullif(sum(total_taxes + total_exempt) FILTER (WHERE {IMPORT})::DOUBLE, 0)"
    },
    "RC-22": {
        "_T": share("left(hs_code_assessed, 6) <> left(hs_code_declared, 6)", "checked AND length(hs_code_declared) >= 6")
    },
    "TF-04": {
        "_T": "100.0 * coalesce(sum(value) FILTER (WHERE flow IN ('import', 'export') AND aeo)::DOUBLE, 0)"
        " / nullif(sum(value) FILTER (WHERE flow IN ('import', 'export') AND aeo IS NOT NULL)::DOUBLE, 0)"
    },
    "BX-04": {
        "_T": f"100.0 * coalesce(sum(total_taxes) FILTER (WHERE {IMPORT})::DOUBLE, 0)"
        f" / nullif(sum(value) FILTER (WHERE {IMPORT})::DOUBLE, 0)"
    },
    "BX-05": {"_T": f"quantile_disc(value, 0.5) FILTER (WHERE {IMPORT})::DOUBLE"},
}
# RC-21 takes its numerator from items and its denominator from declarations.
ADJUSTED = f"count(DISTINCT decl_id) FILTER (WHERE {IMPORT} AND value_declared >= 0 AND value_assessed <> value_declared)"
IMPORTS = f"count(*) FILTER (WHERE {IMPORT})"


def column(kpi, name):
    return '"' + f"{kpi}|{name}" + '"'


def grouped(base, kpis, more=()):
    """One query that groups a table once: aggregates inside, what is made of them outside. Gives SQL and figures."""
    inner, outer = list(more), [name.split(" AS ")[-1] for name in more]
    for kpi, figures in kpis.items():
        names = {name: column(kpi, name) for name in figures if name.startswith("_") and name != "_T"}
        for name, sql in figures.items():
            if "{" in sql:
                outer.append(f"{sql.format(**names)} AS {column(kpi, name)}")
            else:
                inner.append(f"{sql} AS {column(kpi, name)}")
                if name not in names:
                    outer.append(column(kpi, name))
    return (
        f"SELECT office, month, {', '.join(outer)} FROM ("
        f"SELECT office, month, {', '.join(inner)} FROM ({base}) GROUP BY office, month)"
    )


def rows_of(cursor, out):
    names = [field[0] for field in cursor.description]
    for row in cursor.fetchall():
        office, month = row[names.index("office")], row[names.index("month")]
        for name, value in zip(names, row):
            kpi, _, statistic = name.partition("|")
            if statistic:
                out.append((kpi, statistic, office, month, value))


def adjusted_single():
    return (
        f'SELECT office, month, 100.0 * coalesce(n, 0) / nullif(d, 0) AS "RC-21|_T" FROM '
        f"(SELECT office, month, {IMPORTS} AS d FROM ({DECLARATION}) GROUP BY office, month) LEFT JOIN "
        f"(SELECT office, month, {ADJUSTED} AS n FROM ({ITEM}) GROUP BY office, month) USING (office, month)"
    )


def singles(connection, out):
    for kpi, figures in DECLARATION_KPIS.items():
        rows_of(connection.execute(grouped(DECLARATION, {kpi: figures})), out)
    for kpi, figures in ITEM_KPIS.items():
        rows_of(connection.execute(grouped(ITEM, {kpi: figures})), out)
    rows_of(connection.execute(adjusted_single()), out)


def fused(connection, out):
    declarations = grouped(DECLARATION, DECLARATION_KPIS, [f"{IMPORTS} AS imports"])
    connection.execute(f"CREATE TEMP TABLE d AS {declarations}")
    connection.execute(f"CREATE TEMP TABLE i AS {grouped(ITEM, ITEM_KPIS, [f'{ADJUSTED} AS adjusted'])}")
    cursor = connection.execute(
        'SELECT *, 100.0 * coalesce(adjusted, 0) / nullif(imports, 0) AS "RC-21|_T" FROM d LEFT JOIN i USING (office, month)'
    )
    rows_of(cursor, out)


def main():
    way, records, months, target = sys.argv[1:]
    connection = duckdb.connect(config={"threads": 2})
    connection.execute("SET TimeZone = 'UTC'")
    for table in ("declaration", "item"):
        files = [f"{records}/{table}/month={month}/bench.parquet" for month in months.split(",")]
        connection.execute(
            f"CREATE VIEW {table} AS SELECT * FROM read_parquet({files}, hive_partitioning = true,"
            " hive_types = {'month': VARCHAR})"
        )
    out, started = [], time.perf_counter()
    {"singles": singles, "fused": fused}[way](connection, out)
    print(f"{way}: {len(out)} figures, {time.perf_counter() - started:.2f} s", file=sys.stderr)
    with open(target, "w", encoding="utf-8") as file:
        file.write("kpi,statistic,office,month,value\n")
        for kpi, statistic, office, month, value in out:
            file.write(f"{kpi},{statistic},{office},{month},{'' if value is None else repr(float(value))}\n")


if __name__ == "__main__":
    main()
