-- One row per contract, point (null: all of it), day and spell of knowledge: the plan in kWh reached by the end of each hour.
-- grain: contract_number, point_code, day, known_from
-- kind:  step
-- law:   ПП РФ 442 п. 97 (categories 5 and 6): the last plan handed in counts; hours are whole kWh and add up to the day
with facts as (
    select facts.*, files.closing
    from intake.plan_fact as facts
    inner join business_step.known_file as files on files.source_file_id = facts.source_file_id
),

latest as (
    select *
    from facts
    qualify row_number() over (
        partition by contract_number, point_code, day, closing
        order by submitted_at desc, known_at desc, source_file_id desc, source_line desc
    ) = 1
),

-- What was handed in before the plan in force and came after it changes nothing.
standing as (
    select *
    from latest
    qualify submitted_at = max(submitted_at) over (
        partition by contract_number, point_code, day order by closing rows unbounded preceding
    )
)

select
    contract_number,
    point_code,
    day,
    closing as known_from,
    lead(closing, 1, date '9999-12-31') over (partition by contract_number, point_code, day order by closing) as known_to,
    list_transform(
        range(len(wh) + 1), lambda place: ((coalesce(list_sum(wh[1:place]), 0)::bigint + 500) // 1000)::integer
    ) as reached_kwh
from standing
