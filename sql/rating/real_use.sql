-- One row per register, month and closing that learned it: the energy really used in the month, kWh.
-- grain: register_key, service_period, closing
-- kind:  step
-- law:   decision 12: the energy between two readings is spread over the calendar days of the months since the one before,
--        cumulative, half up, so that the last month takes the remainder; ПП РФ 354 п. 61: what a controller read less than was
--        charged is taken back in the month of the check
with spread as (
    select
        metered.register_key,
        metered.account_number,
        metered.zone_plan,
        months.period as service_period,
        metered.closing,
        metered.energy_kwh,
        months.period = metered.period as is_month_of_reading,
        date_diff('day', metered.from_period, months.period + interval 1 month) as days_through,
        date_diff('day', metered.from_period, months.period) as days_before,
        date_diff('day', metered.from_period, metered.period + interval 1 month) as days
    from rating.metered as metered
    inner join reference.estimation_rule as rules
        on rules.valid_from <= metered.period and metered.period < rules.valid_to and rules.spread = 'days'
    inner join rating.month as months on months.period between metered.from_period and metered.period
    where metered.from_period < metered.period
),

parts as (
    select
        metered.register_key,
        metered.account_number,
        metered.zone_plan,
        metered.period as service_period,
        metered.closing,
        metered.energy_kwh
    from rating.metered as metered
    inner join reference.estimation_rule as rules
        on rules.valid_from <= metered.period and metered.period < rules.valid_to
        and (metered.from_period = metered.period or rules.spread = 'last')
    union all
    select
        register_key,
        account_number,
        zone_plan,
        service_period,
        closing,
        case
            when energy_kwh >= 0
                then
                    (2 * energy_kwh * days_through + days) // (2 * days)
                    - (2 * energy_kwh * days_before + days) // (2 * days)
            when is_month_of_reading then energy_kwh
            else 0
        end as energy_kwh
    from spread
)

select
    register_key,
    account_number,
    max(zone_plan) as zone_plan,
    service_period,
    closing,
    sum(energy_kwh)::bigint as energy_kwh
from parts
group by register_key, account_number, service_period, closing
