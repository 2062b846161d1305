-- One row per contract, service period and closing at which that period is reckoned: its own, and each that learned more of it.
-- grain: contract_number, service_period, closing
-- kind:  step
-- law:   decision 2: a contract is evaluated only at closings with new facts for it; its points are reckoned together, a plan may
--        be of the whole contract
with bounds as (
    select * from business.bounds
),

points as (
    select distinct contract_number, point_code from intake.supply_point_fact
),

contracts as (
    select
        facts.contract_number,
        date_trunc('month', min(facts.valid_from))::date as first_period,
        min(files.closing) as known_from
    from intake.supply_point_fact as facts
    inner join business_step.known_file as files on files.source_file_id = facts.source_file_id
    group by facts.contract_number
),

news as (
    select * from business_step.news where closing > (select sealed_period from bounds)
),

learned as (
    select contract_number, closing, from_period, to_period from news where contract_number is not null
    union all
    select points.contract_number, news.closing, news.from_period, news.to_period
    from news
    inner join points on points.point_code = news.point_code
    union all
    select contracts.contract_number, news.closing, news.from_period, news.to_period
    from news
    cross join contracts
    where news.contract_number is null and news.point_code is null
),

evaluated as (
    select contracts.contract_number, months.period as service_period, months.period as closing
    from contracts
    inner join business_step.month as months
        on months.period >= greatest(contracts.first_period, contracts.known_from)
    where months.period > (select sealed_period from bounds) and months.period <= (select last_month from bounds)
    union
    select learned.contract_number, months.period, learned.closing
    from learned
    inner join contracts on contracts.contract_number = learned.contract_number
    inner join business_step.month as months
        on months.period between greatest(learned.from_period, contracts.first_period) and learned.to_period
        and months.period < learned.closing
        and learned.closing >= contracts.known_from
    where months.period <= (select last_month from bounds)
)

select
    contract_number,
    service_period,
    closing,
    lead(closing) over period as next_closing,
    lag(closing) over period is null as is_first
from evaluated
window period as (partition by contract_number, service_period order by closing)
