-- One row per account, first period and spell of knowledge: how the account is, as known at the closings [known_from, known_to).
-- grain: account_number, from_period, known_from
-- kind:  step
-- law:   a change counts from the month after it (RULES.md 4.2); what is known at a closing decides (decision 2)
with epochs as (
    select account_number, known_period as known_from
    from intake.account_fact
    where account_number between getvariable('first_account') and getvariable('last_account')
    group by account_number, known_period
),

-- Every fact is seen at the epoch that brings it and at each later one.
seen as (
    select
        facts.*,
        epochs.known_from,
        case
            when facts.valid_from = min(facts.valid_from) over (partition by epochs.account_number, epochs.known_from)
                then date '1900-01-01'
            when day(facts.valid_from) = 1 then facts.valid_from
            else (date_trunc('month', facts.valid_from) + interval 1 month)::date
        end as from_period
    from epochs
    inner join intake.account_fact as facts
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
    latest.valid_to,
    -- From here on something is charged where nothing was read.
    greatest(
        date_trunc('month', min(latest.valid_from) over (partition by latest.account_number, latest.known_from)),
        accounts.known_period
    )::date as first_month,
    latest.house_id,
    latest.district,
    latest.holder_name,
    latest.address,
    latest.settlement,
    latest.stove,
    latest.heating,
    latest.rooms,
    latest.dwelling,
    latest.area_m2,
    case
        when latest.settlement = 'rural' then 'rural'
        when latest.stove = 'electric' or latest.heating = 'electric' then 'urban_electric'
        else 'urban'
    end::category as category,
    latest.source_file_id,
    latest.source_line
from latest
inner join known.account as accounts on accounts.account_number = latest.account_number
inner join spells on spells.account_number = latest.account_number and spells.known_from = latest.known_from
