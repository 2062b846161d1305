-- One row per flat and evaluation at which the needs of its house are reckoned: its own energy, kWh, and its area.
-- grain: account_number, service_period, closing
-- kind:  step
with moments as (
    select
        flats.account_number,
        flats.house_id,
        flats.area_m2,
        -- Before it was known, and after it was closed, the account pays for nothing that was not read.
        flats.first_month <= evaluations.service_period
        and (flats.valid_to is null or evaluations.service_period <= flats.valid_to) as is_open,
        evaluations.service_period,
        evaluations.closing
    from known.flat as flats
    inner join rating.evaluation as evaluations
        on evaluations.account_number = flats.account_number
        and flats.from_period <= evaluations.service_period and evaluations.service_period < flats.to_period
        and flats.known_from <= evaluations.closing and evaluations.closing < flats.known_to
    left join known.house_news as news on news.house_id = flats.house_id and news.closing = evaluations.closing
    where evaluations.service_period = evaluations.closing or news.from_period <= evaluations.service_period
),

used as (
    select uses.account_number, uses.service_period, uses.closing, sum(uses.energy_kwh)::bigint as energy_kwh
    from rating.register_use as uses
    semi join known.flat as flats on flats.account_number = uses.account_number
    group by all
)

select moments.*, coalesce(used.energy_kwh, 0) as energy_kwh
from moments
left join used
    on used.account_number = moments.account_number
    and used.service_period = moments.service_period
    and used.closing = moments.closing
