-- One row per account, first period and spell of knowledge: persons registered, as known at the closings [known_from, known_to).
-- grain: account_number, from_period, known_from
-- kind:  step
-- law:   a change counts from the month after it (RULES.md 4.2), the first statement from its own month; before it persons are unknown
with epochs as (
    select account_number, known_period as known_from
    from intake.tenant_fact
    where account_number between getvariable('first_account') and getvariable('last_account')
    group by account_number, known_period
),

seen as (
    select
        facts.*,
        epochs.known_from,
        case
            when facts.valid_from = min(facts.valid_from) over (partition by epochs.account_number, epochs.known_from)
                then date_trunc('month', facts.valid_from)
            when day(facts.valid_from) = 1 then facts.valid_from
            else date_trunc('month', facts.valid_from) + interval 1 month
        end::date as from_period
    from epochs
    inner join intake.tenant_fact as facts
        on facts.account_number = epochs.account_number and facts.known_period <= epochs.known_from
),

latest as (
    select *
    from seen
    qualify row_number() over (
        partition by account_number, known_from, from_period
        order by valid_from desc, known_at desc, source_file_id desc, source_line desc
    ) = 1
),

spells as (
    select
        account_number,
        known_from,
        lead(known_from, 1, date '9999-12-31') over (partition by account_number order by known_from) as known_to
    from epochs
)

select
    latest.account_number,
    latest.from_period,
    lead(latest.from_period, 1, date '9999-12-31') over (
        partition by latest.account_number, latest.known_from order by latest.from_period
    ) as to_period,
    latest.known_from,
    spells.known_to,
    latest.valid_from,
    latest.persons,
    latest.source_file_id,
    latest.source_line
from latest
inner join spells on spells.account_number = latest.account_number and spells.known_from = latest.known_from
