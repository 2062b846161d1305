-- Every payment schedule names its parts for every day since 2013, one of them the rest, each with a source.
-- asset:    reference.payment_schedule
-- severity: error
with schedules as (
    select unnest(enum_range(null::payment_schedule))::payment_schedule as payment_schedule
),

covered as (
    select
        payment_schedule,
        part,
        share_pct,
        valid_from,
        valid_to,
        source,
        lead(valid_from, 1, date '9999-12-31') over (partition by payment_schedule, part order by valid_from) as next_from
    from reference.payment_schedule
)

select schedules.payment_schedule, covered.part, covered.valid_from, covered.valid_to, covered.source
from schedules
left join covered on covered.payment_schedule = schedules.payment_schedule
where coalesce(trim(covered.source), '') = '' or covered.valid_to <> covered.next_from
union all
select schedules.payment_schedule, null, null, null, null
from schedules
anti join covered
    on covered.payment_schedule = schedules.payment_schedule and covered.share_pct is null and covered.valid_from <= date '2013-01-01'
