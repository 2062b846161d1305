-- One row per contract, first day and spell of knowledge: how the contract is, as known at the closings [known_from, known_to).
-- grain: contract_number, valid_from, known_from
-- kind:  table
-- What holds now has known_to 9999-12-31; of it, the row whose [valid_from, valid_until) holds the day.
with facts as (
    select facts.*, files.closing
    from intake.contract_fact as facts
    inner join business_step.known_file as files on files.source_file_id = facts.source_file_id
),

epochs as (
    select
        contract_number,
        closing as known_from,
        lead(closing, 1, date '9999-12-31') over (partition by contract_number order by closing) as known_to
    from (select distinct contract_number, closing from facts)
),

latest as (
    select facts.*, epochs.known_from, epochs.known_to
    from epochs
    inner join facts on facts.contract_number = epochs.contract_number and facts.closing <= epochs.known_from
    qualify row_number() over (
        partition by facts.contract_number, epochs.known_from, facts.valid_from
        order by facts.known_at desc, facts.source_file_id desc, facts.source_line desc
    ) = 1
)

select
    contract_number,
    valid_from,
    lead(valid_from, 1, date '9999-12-31') over (partition by contract_number, known_from order by valid_from) as valid_until,
    known_from,
    known_to,
    valid_to as ended_on,
    inn,
    kpp,
    name,
    customer_kind,
    representative,
    position,
    authority,
    email,
    phone,
    payment_schedule,
    source_file_id,
    source_line
from latest
order by contract_number, known_from, valid_from
