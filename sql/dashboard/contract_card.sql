-- One row: a contract as it is on a day, none where the number is unknown.
-- grain:  contract_number
-- params: contract, on_day
select
    contract_number,
    name,
    inn,
    kpp,
    customer_kind::varchar as customer_kind,
    representative,
    position,
    authority,
    email,
    phone,
    payment_schedule::varchar as payment_schedule,
    valid_from,
    ended_on
from business_contract
where contract_number = $contract and (valid_from <= $on_day::date or valid_from = (
    select min(valid_from) from business_contract where contract_number = $contract
))
order by valid_from desc
limit 1
