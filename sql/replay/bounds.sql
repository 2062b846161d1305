-- One row: the run under way, the month it keeps open, and the last month that earlier runs have closed for good.
-- grain: run_id
-- kind:  table
-- A closing is a fact (decision 2): closing M happens once the run knows an instant past 00:00 Moscow on the 1st of M + 1.
with known as (
    select
        (select max(run_id) from replay.run) as last_run_id,
        (select max(open_period) from replay.run) as last_open_period,
        greatest(
            (select max(known_at) from intake.source_file),
            (select max(as_of) from replay.run),
            getvariable('as_of')::timestamptz
        ) as as_of
)

select
    coalesce(last_run_id, 0) + 1 as run_id,
    as_of,
    date_trunc('month', as_of)::date as open_period,
    coalesce((last_open_period - interval 1 month)::date, date '1900-01-01') as sealed_period,
    -- Closed months were reckoned by other rules or reference data: what they posted may have to be corrected everywhere.
    coalesce(
        (
            select (reference_sha256, rules_version) is distinct from
                (getvariable('reference_sha256')::varchar, getvariable('rules_version')::varchar)
            from replay.run
            order by run_id desc
            limit 1
        ),
        true
    ) as is_reckoned_otherwise
from known
where as_of is not null
