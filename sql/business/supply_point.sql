-- One row per contract, point, first month and spell of knowledge: how the point is supplied, as known at the closings [known_from, known_to).
-- grain: contract_number, point_code, from_period, known_from
-- kind:  table
-- law:   ПП РФ 442 п. 97: a category counts from the 1st of the month after; supply itself begins and ends on its days
with facts as (
    select facts.*, files.closing
    from intake.supply_point_fact as facts
    inner join business_step.known_file as files on files.source_file_id = facts.source_file_id
),

epochs as (
    select
        contract_number,
        point_code,
        closing as known_from,
        lead(closing, 1, date '9999-12-31') over (partition by contract_number, point_code order by closing) as known_to
    from (select distinct contract_number, point_code, closing from facts)
),

stated as (
    select facts.*, epochs.known_from, epochs.known_to
    from epochs
    inner join facts
        on facts.contract_number = epochs.contract_number
        and facts.point_code = epochs.point_code
        and facts.closing <= epochs.known_from
    qualify row_number() over (
        partition by facts.contract_number, facts.point_code, epochs.known_from, facts.valid_from
        order by facts.known_at desc, facts.source_file_id desc, facts.source_line desc
    ) = 1
),

-- Supply begins with the first statement, and again with one that follows an end.
begun as (
    select *, coalesce(lag(valid_to) over point < valid_from, lag(valid_from) over point is null) as is_beginning
    from stated
    window point as (partition by contract_number, point_code, known_from order by valid_from)
),

placed as (
    select
        *,
        max(case when is_beginning then valid_from end) over (
            partition by contract_number, point_code, known_from order by valid_from rows unbounded preceding
        ) as supplied_from,
        case
            when is_beginning or day(valid_from) = 1 then date_trunc('month', valid_from)
            else date_trunc('month', valid_from) + interval 1 month
        end::date as from_period
    from begun
),

latest as (
    select *
    from placed
    qualify row_number() over (
        partition by contract_number, point_code, known_from, from_period order by valid_from desc
    ) = 1
)

select
    contract_number,
    point_code,
    from_period,
    lead(from_period, 1, date '9999-12-31') over (
        partition by contract_number, point_code, known_from order by from_period
    ) as to_period,
    known_from,
    known_to,
    supplied_from,
    valid_to as supplied_to,
    valid_from,
    address,
    voltage,
    power_group,
    max_power_kw,
    price_category,
    network_variant,
    zone_plan,
    source_file_id,
    source_line
from latest
order by contract_number, point_code, known_from, from_period
