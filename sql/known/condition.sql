-- One row per account, reason, first day and spell of knowledge: a condition as known at the closings [known_from, known_to).
-- grain: account_number, reason, valid_from, known_from
-- kind:  step
with latest as (
    select *
    from intake.condition_fact
    where account_number between getvariable('first_account') and getvariable('last_account')
    qualify row_number() over (
        partition by account_number, reason, valid_from, known_period
        order by known_at desc, source_file_id desc, source_line desc
    ) = 1
)

select
    account_number,
    reason,
    valid_from,
    valid_to,
    known_period as known_from,
    lead(known_period, 1, date '9999-12-31') over (
        partition by account_number, reason, valid_from order by known_period
    ) as known_to,
    source_file_id,
    source_line
from latest
