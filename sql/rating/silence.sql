-- One row per evaluation and register that stands but has no reading for the month, nor a later one: since when it is silent.
-- grain: register_key, service_period, closing
-- kind:  step
-- A reading is late if it became known after the month it counts for; there are few.
with own_month as (
    select distinct register_key, period from rating.metered where closing = period
),

late as (
    select register_key, period, closing from rating.metered where closing > period
),

unread as (
    select active.*
    from rating.active_register as active
    anti join own_month on own_month.register_key = active.register_key and own_month.period = active.service_period
),

last_read as (
    select
        unread.*,
        coalesce(own_month.period, unread.opening_period) as timely_period
    from unread
    asof left join own_month on own_month.register_key = unread.register_key and own_month.period <= unread.closing
),

late_read as (
    select last_read.register_key, last_read.service_period, last_read.closing, max(late.period) as late_period
    from last_read
    inner join late on late.register_key = last_read.register_key and late.closing <= last_read.closing
    group by all
)

select
    last_read.account_number,
    last_read.register_key,
    last_read.service_period,
    last_read.closing,
    last_read.zone_plan,
    last_read.opening_period,
    greatest(last_read.timely_period, late_read.late_period) as last_period,
    -- What an average up to that month may know: where nothing came late, its own closing knew it all.
    case when late_read.late_period is null then last_read.timely_period else last_read.closing end as average_closing,
    last_read.service_period
        <= last_period + to_months(coalesce(conditions.average_periods, rules.average_periods)) as is_average_in_time
from last_read
inner join reference.estimation_rule as rules
    on rules.valid_from <= last_read.service_period and last_read.service_period < rules.valid_to
left join rating.condition as conditions
    on conditions.account_number = last_read.account_number
    and conditions.service_period = last_read.service_period
    and conditions.closing = last_read.closing
left join late_read
    on late_read.register_key = last_read.register_key
    and late_read.service_period = last_read.service_period
    and late_read.closing = last_read.closing
where greatest(last_read.timely_period, late_read.late_period) < last_read.service_period
