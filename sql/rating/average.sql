-- One row per register and last month read, where enough real months lie before it: the use of an average month, kWh.
-- grain: register_key, last_period, average_closing
-- kind:  step
-- law:   ПП РФ 354 п. 59; decision 12: half-up(real kWh ÷ months) over up to 12 latest months between real readings; at least 6, or 3
--        if the meter is younger
with wanted as (
    select distinct silence.register_key, silence.last_period, silence.average_closing, silence.opening_period,
        rules.average_months_most, rules.average_months_least, rules.average_months_least_young
    from rating.silence as silence
    inner join reference.estimation_rule as rules
        on rules.valid_from <= silence.service_period and silence.service_period < rules.valid_to
    where silence.is_average_in_time
),

months as (
    select register_key, period, closing, sum(energy_kwh)::bigint as energy_kwh from rating.metered group by all
),

-- The opening of the meter is a reading too: nothing was used before it.
bounded as (
    select
        wanted.*,
        months.period,
        months.energy_kwh
    from wanted
    inner join months
        on months.register_key = wanted.register_key
        and months.period >= wanted.last_period - to_months(wanted.average_months_most)
        and months.period <= wanted.last_period
        and months.closing <= wanted.average_closing
    union all
    select wanted.*, wanted.opening_period as period, 0 as energy_kwh
    from wanted
    where
        wanted.opening_period >= wanted.last_period - to_months(wanted.average_months_most)
        and wanted.opening_period < wanted.last_period
),

bounds as (
    select
        register_key, last_period, average_closing, average_months_least, average_months_least_young,
        min(period) as first_period,
        date_diff('month', min(period), last_period) as months,
        date_diff('month', opening_period, last_period) as age_months,
        sum(energy_kwh)::bigint as energy_kwh
    from bounded
    group by register_key, last_period, average_closing, opening_period, average_months_least, average_months_least_young
),

-- What was used up to the first reading lies before the months that count.
before as (
    select bounds.register_key, bounds.last_period, bounds.average_closing, sum(months.energy_kwh)::bigint as energy_kwh
    from bounds
    inner join months
        on months.register_key = bounds.register_key
        and months.period = bounds.first_period
        and months.closing <= bounds.average_closing
    group by all
),

sums as (
    select
        bounds.* replace (bounds.energy_kwh - coalesce(before.energy_kwh, 0) as energy_kwh)
    from bounds
    left join before
        on before.register_key = bounds.register_key
        and before.last_period = bounds.last_period
        and before.average_closing = bounds.average_closing
    where
        bounds.months >= bounds.average_months_least
        or (bounds.months >= bounds.average_months_least_young and bounds.age_months < bounds.average_months_least)
)

select register_key, last_period, average_closing, greatest((2 * energy_kwh + months) // (2 * months), 0) as average_kwh
from sums
