-- One row per wanted contract: who the customer is at the end of the month, and since when the contract runs.
-- params: $period; $contracts, a list of contract numbers (empty: all)
with first_day as (
    select contract_number, min(valid_from) as signed_on
    from business.contract
    group by contract_number
),

addresses as (
    select contract_number, arg_min(address, (point_code, valid_from)) as address
    from intake.supply_point_fact
    group by contract_number
)

select
    contracts.contract_number,
    contracts.inn,
    contracts.kpp,
    contracts.name,
    contracts.customer_kind::varchar as customer_kind,
    contracts.representative,
    contracts.position,
    contracts.authority,
    first_day.signed_on,
    coalesce(addresses.address, '') as address
from business.contract as contracts
inner join first_day on first_day.contract_number = contracts.contract_number
left join addresses on addresses.contract_number = contracts.contract_number
where
    contracts.known_to = date '9999-12-31'
    and contracts.valid_from <= last_day($period)
    and (len($contracts::varchar[]) = 0 or list_contains($contracts::varchar[], contracts.contract_number))
qualify row_number() over (partition by contracts.contract_number order by contracts.valid_from desc) = 1
order by contracts.contract_number
