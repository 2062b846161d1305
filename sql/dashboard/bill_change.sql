-- Why the bill of one month differs from that of another: effects that add up to the difference, to the kopeck.
-- params: account_number, period, before (the month compared with)
-- grain:  effect
-- unit:   kopecks
-- What the month charged is reckoned from the other month's step by step, and each step is an effect: as many days as now, as much
-- energy, over the zones as now, over the bands as now, at the prices of now. A step is rounded to kopecks, so no kopeck is lost
-- between two of them. A band that did not exist then counts at its zone's mean price: the rest of it is price.
with lines as (
    select
        posting_period = $period as is_now,
        zone_plan,
        zone,
        band,
        sum(kwh)::bigint as kwh,
        sum(amount_kopecks)::bigint as kopecks,
        max((price_rub_per_kwh * 10000)::bigint) as price_e4
    from charge_line
    where account_number = $account_number and kind = 'charge' and posting_period in ($period, $before)
    group by all
),

whole as (
    select
        coalesce(sum(kopecks) filter (where not is_now), 0)::hugeint as then_kopecks,
        coalesce(sum(kwh) filter (where not is_now), 0)::hugeint as then_kwh,
        coalesce(sum(kopecks) filter (where is_now), 0)::hugeint as now_kopecks,
        coalesce(sum(kwh) filter (where is_now), 0)::hugeint as now_kwh
    from lines
),

zones as (
    select
        zone_plan,
        zone,
        coalesce(sum(kopecks) filter (where not is_now), 0)::hugeint as then_kopecks,
        coalesce(sum(kwh) filter (where not is_now), 0)::hugeint as then_kwh,
        coalesce(sum(kwh) filter (where is_now), 0)::hugeint as now_kwh
    from lines
    group by zone_plan, zone
),

-- What the energy of now would cost in each zone at the zone's mean price of then; a new zone at the mean price of all.
at_zone_means as (
    select
        zones.*,
        case
            when zones.then_kwh > 0
                then (2 * zones.then_kopecks * zones.now_kwh + zones.then_kwh) // (2 * zones.then_kwh)
            when whole.then_kwh > 0
                then (2 * whole.then_kopecks * zones.now_kwh + whole.then_kwh) // (2 * whole.then_kwh)
            else 0
        end as kopecks
    from zones
    cross join whole
),

at_band_prices as (
    select
        coalesce(
            (now.kwh * coalesce(
                before.price_e4,
                -- Nothing fell into the band then, but it had its price.
                (
                    select max((rates.price_rub_per_kwh * 10000)::bigint)
                    from tariff_rate as rates
                    inner join account as accounts
                        on accounts.account_number = $account_number
                        and accounts.valid_from <= $before and $before < accounts.valid_to
                        and accounts.category = rates.category
                    where
                        rates.valid_from <= $before and $before < rates.valid_to
                        and rates.zone_plan = now.zone_plan and rates.zone = now.zone and rates.band = now.band
                )
            ) + 50) // 100,
            (2 * means.kopecks * now.kwh + means.now_kwh) // (2 * means.now_kwh)
        ) as kopecks
    from lines as now
    left join lines as before
        on not before.is_now
        and before.zone_plan = now.zone_plan and before.zone = now.zone and before.band = now.band
    inner join at_zone_means as means on means.zone_plan = now.zone_plan and means.zone = now.zone
    where now.is_now
),

steps as (
    select
        whole.then_kopecks,
        (2 * whole.then_kopecks * day(last_day($period::date)) + day(last_day($before::date)))
        // (2 * day(last_day($before::date))) as by_days,
        case
            when whole.then_kwh > 0 then (2 * whole.then_kopecks * whole.now_kwh + whole.then_kwh) // (2 * whole.then_kwh)
            else whole.now_kopecks
        end as by_energy,
        case
            when whole.then_kwh > 0 then (select coalesce(sum(kopecks), 0) from at_zone_means) else whole.now_kopecks
        end as by_zone,
        case
            when whole.then_kwh > 0 then (select coalesce(sum(kopecks), 0) from at_band_prices) else whole.now_kopecks
        end as by_band,
        whole.now_kopecks
    from whole
),

months as (
    select
        sum(case period when $period then corrected_kopecks else -corrected_kopecks end) as corrected_kopecks,
        sum(case period when $period then penalty_kopecks else -penalty_kopecks end) as penalty_kopecks
    from account_month
    where account_number = $account_number and period in ($period, $before)
),

effects as (
    select 1 as place, 'days' as effect, by_days - then_kopecks as kopecks from steps
    union all
    select 2, 'use', by_energy - by_days from steps
    union all
    select 3, 'zones', by_zone - by_energy from steps
    union all
    select 4, 'bands', by_band - by_zone from steps
    union all
    select 5, 'price', now_kopecks - by_band from steps
    union all
    select 6, 'corrected', corrected_kopecks from months
    union all
    select 7, 'penalty', penalty_kopecks from months
)

select place, effect, coalesce(kopecks, 0)::bigint as kopecks from effects order by place
