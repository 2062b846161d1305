-- One row per evaluation, point and day: energy of its hours in Wh as the closing knows it, measured or, in categories 3 to 6, filled.
-- grain: contract_number, point_code, service_period, closing, day
-- kind:  step
-- law:   the ladder of business_step.gap_day. business.point_day shows the same of the newest state
with days as (
    select
        contract_number,
        point_code,
        service_period,
        closing,
        price_category,
        unnest(range(first_day, last_day + 1, interval 1 day))::date as day
    from business_step.point_month
)

select
    days.*,
    coalesce(gaps.wh, energy.wh) as wh,
    coalesce(gaps.hours_known, list_count(energy.wh)) as hours_known,
    coalesce(list_contains(gaps.basis, 'register'), false) as is_spread
from days
left join business_step.gap_day as gaps using (contract_number, point_code, closing, day)
left join business_step.day_energy as energy
    on energy.point_code = days.point_code
    and energy.day = days.day
    and energy.known_from <= days.closing and days.closing < energy.known_to
where gaps.wh is not null or energy.wh is not null
