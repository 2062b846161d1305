-- One row per contract billed in a month, the greatest bill first: energy, the bill and what of it corrects earlier months.
-- grain:  contract_number
-- params: period
with newest as (
    select
        contract_number,
        arg_max(name, valid_from) as name,
        arg_max(inn, valid_from) as inn,
        arg_max(customer_kind, valid_from)::varchar as customer_kind
    from business_contract
    where valid_from <= last_day($period::date)
    group by contract_number
),

points as (
    select contract_number, count(distinct point_code) as points
    from business_point
    where from_period <= $period and $period < to_period
    group by contract_number
),

lacking as (
    select contract_number, sum(greatest(hours_expected - hours_measured, 0))::bigint as hours_lacking
    from business_volume
    where service_period = $period and price_category >= 3
    group by contract_number
)

select
    bills.contract_number,
    newest.name,
    newest.inn,
    newest.customer_kind,
    coalesce(points.points, 0) as points,
    bills.kwh,
    bills.net_kopecks,
    bills.vat_kopecks,
    bills.total_kopecks,
    bills.corrected_kopecks,
    coalesce(lacking.hours_lacking, 0) as hours_lacking
from business_bill as bills
left join newest on newest.contract_number = bills.contract_number
left join points on points.contract_number = bills.contract_number
left join lacking on lacking.contract_number = bills.contract_number
where bills.period = $period
order by bills.total_kopecks desc, bills.contract_number
limit 500
