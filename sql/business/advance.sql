-- One row per contract, month and part of its payment: an advance (аванс) of so many percent, or what the advances have left.
-- grain:    contract_number, period, part
-- kind:     journal
-- rewrites: period > (select sealed_period from business.bounds)
-- law:      ПП РФ 442 п. 81, 82 (RULES.md 11.1): 30 % by the 10th and 40 % by the 25th of the month, the rest by the 18th of the next.
--           The base is what the previous month was charged, or while it is not charged yet, the last month that is; before any
--           month, maximum power ÷ 0.002824 at the price of category 1 in the last month before
-- money:    a percentage of whole kopecks, rounded half up; the parts of a charged month add up to its bill
create table if not exists business.advance (
    contract_number varchar not null,
    period date not null,
    part tinyint not null,
    due_on date not null,
    amount_kopecks bigint not null,        -- with VAT; below zero where the advances were more than the bill
    share_pct integer,                     -- null: the rest
    base_kopecks bigint not null,          -- with VAT; of the rest, the bill
    base_period date                       -- the month the base was charged for; null: by maximum power; of the rest, the month itself
);

with bounds as (
    select * from business.bounds
),

months as (
    select
        contracts.contract_number,
        contracts.payment_schedule,
        periods.period,
        periods.closing,
        -- What is posted after the end is due all the same, but nothing is paid in advance any more.
        periods.period <= coalesce(contracts.ended_on, date '9999-12-31') as is_running
    from business.contract as contracts
    inner join (
        -- A month is prepaid by what its own closing knows; one whose closing is still to come, by what the open one knows.
        select all_months.period, least(all_months.period, bounds.open_period) as closing
        from (
            select unnest(generate_series(
                (select min(date_trunc('month', valid_from)) from intake.contract_fact),
                (select date_trunc('month', as_of) from bounds),
                interval 1 month
            ))::date as period
        ) as all_months
        cross join bounds
    ) as periods
        on periods.period >= date_trunc('month', contracts.valid_from)
        and periods.period < contracts.valid_until
        and contracts.known_from <= periods.closing and periods.closing < contracts.known_to
    where periods.period > (select sealed_period from bounds)
    qualify row_number() over (
        partition by contracts.contract_number, periods.period order by contracts.valid_from desc
    ) = 1
),

parts as (
    select
        months.contract_number,
        months.period,
        months.is_running,
        schedules.part,
        schedules.share_pct,
        days.working_day as due_on
    from months
    inner join reference.payment_schedule as schedules
        on schedules.payment_schedule = months.payment_schedule
        and schedules.valid_from <= months.period and months.period < schedules.valid_to
    inner join business.working_day as days
        on days.day = least(
            (months.period + to_months(schedules.month_offset) + to_days(schedules.due_day - 1))::date,
            last_day((months.period + to_months(schedules.month_offset))::date)
        )
),

charged as (
    select contract_number, service_period, posting_period, sum(amount_kopecks + vat_kopecks)::bigint as kopecks
    from business.charge_line
    where line_kind = 'charge'
    group by contract_number, service_period, posting_period
),

-- Without a charged month: energy of the maximum power, at what category 1 cost in the last month whose prices are known.
prices as (
    select
        market.service_period,
        network.voltage,
        groups.power_group,
        greatest(market.known_from, network.known_from) as known_from,
        least(market.known_to, network.known_to) as known_to,
        market.average_e5 + market.alpha_capacity_e5 + market.other_e5 + network.energy_e5
        + (market.markups[groups.power_group] * 100000)::bigint as price_e5
    from business_step.month_price as market
    cross join (select unnest(enum_range(null::power_group))::varchar as power_group) as groups
    inner join business_step.network_price as network
        on network.variant = 'one_rate'
        and network.valid_from <= market.service_period and market.service_period < network.valid_to
        and network.known_from < market.known_to and market.known_from < network.known_to
),

by_power as (
    select
        months.contract_number,
        months.period,
        points.point_code,
        max_by(
            ((points.max_power_kw * 1000000000)::hugeint // (rules.advance_divisor * 1000000)::bigint)::hugeint * prices.price_e5
            * (100 + vat.rate_pct),
            prices.service_period
        ) as cost_e11
    from months
    inner join business.supply_point as points
        on points.contract_number = months.contract_number
        and points.known_from <= months.closing and months.closing < points.known_to
        and points.from_period <= months.period and months.period < points.to_period
        and coalesce(points.supplied_to, date '9999-12-31') >= months.period
    inner join prices
        on prices.voltage = points.voltage
        and prices.power_group = points.power_group::varchar
        and prices.service_period < months.period
        and prices.known_from <= months.closing and months.closing < prices.known_to
    inner join reference.business_rule as rules on rules.valid_from <= months.period and months.period < rules.valid_to
    inner join reference.vat as vat on vat.valid_from <= months.period and months.period < vat.valid_to
    group by months.contract_number, months.period, points.point_code
),

bases as (
    select
        months.contract_number,
        months.period,
        coalesce(before.kopecks, powers.kopecks) as kopecks,
        before.base_period
    from months
    left join (
        select
            months.contract_number,
            months.period,
            max(charged.service_period) as base_period,
            max_by(charged.kopecks, (charged.service_period, charged.posting_period)) as kopecks
        from months
        inner join charged
            on charged.contract_number = months.contract_number
            and charged.service_period < months.period
            and charged.posting_period <= months.closing
        group by months.contract_number, months.period
    ) as before
        on before.contract_number = months.contract_number and before.period = months.period
    left join (
        -- Wh × 10⁻⁵ rub/MWh × percent: 10¹¹ of them are a kopeck.
        select contract_number, period, sum((cost_e11 + 50000000000) // 100000000000)::bigint as kopecks
        from by_power
        group by contract_number, period
    ) as powers
        on powers.contract_number = months.contract_number and powers.period = months.period
),

advances as (
    select
        parts.contract_number,
        parts.period,
        parts.part,
        parts.due_on,
        ((bases.kopecks * parts.share_pct + 50) // 100)::bigint as amount_kopecks,
        parts.share_pct,
        bases.kopecks as base_kopecks,
        bases.base_period
    from parts
    inner join bases using (contract_number, period)
    where parts.share_pct is not null and parts.is_running and bases.kopecks is not null
)

select * from advances
union all
select
    parts.contract_number,
    parts.period,
    parts.part,
    parts.due_on,
    bills.total_kopecks - coalesce(prepaid.kopecks, 0) as amount_kopecks,
    null as share_pct,
    bills.total_kopecks as base_kopecks,
    parts.period as base_period
from parts
inner join business.bill as bills using (contract_number, period)
left join (
    select contract_number, period, sum(amount_kopecks)::bigint as kopecks from advances group by contract_number, period
) as prepaid using (contract_number, period)
where parts.share_pct is null
order by contract_number, period, part
