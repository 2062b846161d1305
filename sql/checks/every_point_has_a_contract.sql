-- A point of supply belongs to a contract that is known, and to one at a time.
-- asset:    business.supply_point
-- severity: warn
with newest as (
    select contract_number, point_code, supplied_from, coalesce(supplied_to, date '9999-12-31') as supplied_to
    from business.supply_point
    where known_to = date '9999-12-31'
)

select points.contract_number, points.point_code, points.supplied_from, null as other_contract
from newest as points
anti join business.contract as contracts on contracts.contract_number = points.contract_number
union all
select points.contract_number, points.point_code, points.supplied_from, others.contract_number
from newest as points
inner join newest as others
    on others.point_code = points.point_code
    and others.contract_number > points.contract_number
    and others.supplied_from <= points.supplied_to and points.supplied_from <= others.supplied_to
