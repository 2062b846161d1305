-- One row per sum of a bank statement that does not agree with another one (расхождение выписки): a person asks the bank.
-- grain: account, day, kind, source_file_id, source_line
-- kind:  table
-- What a bank writes of itself is often wrong (FORMATS 2.3); money is credited by documents, whatever the balances say.
with balances as (
    select *
    from intake.bank_balance_fact
    -- Of the same days the latest statement speaks.
    qualify row_number() over (
        partition by account, first_day, last_day order by source_file_id desc, source_line desc
    ) = 1
),

chained as (
    select
        *,
        lag(closing_kopecks) over in_turn as closed_before,
        lag(last_day) over in_turn as day_before
    from balances
    window in_turn as (partition by account order by first_day, last_day)
),

-- By the day a document moved the account, which some banks leave out.
moved as (
    select
        own_account as account,
        case when direction = 'outgoing' then coalesce(spent_on, drawn_on) else coalesce(received_on, spent_on, drawn_on) end as day,
        case when direction = 'outgoing' then 0 else amount_kopecks end as received_kopecks,
        case when direction = 'outgoing' then amount_kopecks else 0 end as spent_kopecks
    from intake.bank_document_fact
    where direction <> 'unknown'
    union all
    select payer_account, coalesce(spent_on, drawn_on), 0, amount_kopecks
    from intake.bank_document_fact
    where direction = 'internal'
),

turnover as (
    select
        balances.source_file_id,
        balances.source_line,
        coalesce(sum(moved.received_kopecks), 0)::bigint as received_kopecks,
        coalesce(sum(moved.spent_kopecks), 0)::bigint as spent_kopecks
    from balances
    left join moved
        on moved.account = balances.account and moved.day between balances.first_day and balances.last_day
    group by balances.source_file_id, balances.source_line
)

select
    account,
    last_day as day,
    'arithmetic' as kind,                  -- opening + received − spent is not the closing balance
    closing_kopecks as stated_kopecks,
    opening_kopecks + received_kopecks - spent_kopecks as reckoned_kopecks,
    source_file_id,
    source_line
from balances
where closing_kopecks <> opening_kopecks + received_kopecks - spent_kopecks
union all
-- It opens with another sum than the stretch of days before it closed with.
select account, first_day, 'continuity', opening_kopecks, closed_before, source_file_id, source_line
from chained
where opening_kopecks <> closed_before and day_before < first_day
union all
-- Documents that came in add up to another sum than the statement says.
select balances.account, balances.last_day, 'received', balances.received_kopecks, turnover.received_kopecks,
    balances.source_file_id, balances.source_line
from balances
inner join turnover
    on turnover.source_file_id = balances.source_file_id and turnover.source_line = balances.source_line
where balances.received_kopecks <> turnover.received_kopecks
union all
-- So do those that went out.
select balances.account, balances.last_day, 'spent', balances.spent_kopecks, turnover.spent_kopecks,
    balances.source_file_id, balances.source_line
from balances
inner join turnover
    on turnover.source_file_id = balances.source_file_id and turnover.source_line = balances.source_line
where balances.spent_kopecks <> turnover.spent_kopecks
