-- One row per debt paid late or not at all, and closing that counts its penalty anew.
-- grain: assessment_no (of one account, period, kind, closing)
-- kind:  step
-- A debt paid and known to be paid costs no more; where later closings saw another order, it is counted through the last of them.
with bounds as (
    select sealed_period, open_period, as_of::date as as_of_day, is_reckoned_otherwise from replay.bounds
),

paid as (
    select
        account_number,
        debt_no,
        sum(kopecks)::bigint as kopecks,
        max(paid_on) as paid_on,
        max(posting_period) as posting_period
    from arrears.part
    where known_through = date '9999-12-31'
    group by account_number, debt_no
),

-- Closed months that were reckoned by other rules or reference data saw another order, too, whatever it was.
settled as (
    select account_number, max(closing) as last_disorder
    from (
        select account_number, closing from arrears.disorder
        union all
        select late.account_number, bounds.sealed_period
        from arrears.late_account as late
        cross join bounds
        where bounds.is_reckoned_otherwise and bounds.sealed_period > date '1900-01-01'
    )
    group by account_number
),

-- From the first closing by which it may bear penalty through the one that knows it paid; after a disorder, from the closing after the
-- due day through the one after the last.
spells as (
    select
        debts.account_number,
        debts.period,
        debts.kind,
        debts.debt_no,
        debts.due_on,
        debts.kopecks,
        debts.posting_period,
        greatest(
            debts.first_posting_period,
            date_trunc('month', coalesce(case when settled.last_disorder is null then terms.bears_from end, debts.due_on))
        )::date as from_closing,
        greatest(
            case
                when paid.kopecks = debts.kopecks
                    then greatest(debts.posting_period, paid.posting_period, date_trunc('month', paid.paid_on))
                else date '9999-12-31'
            end,
            settled.last_disorder + interval 1 month
        )::date as to_closing
    from arrears.late_debt as debts
    inner join arrears.term as terms on terms.service_period = debts.period
    left join paid on paid.account_number = debts.account_number and paid.debt_no = debts.debt_no
    left join settled on settled.account_number = debts.account_number
    where
        debts.known_through = date '9999-12-31'
        and (
            settled.last_disorder is not null
            or paid.kopecks is distinct from debts.kopecks
            or paid.paid_on > debts.due_on
            or greatest(paid.posting_period, debts.posting_period) > date_trunc('month', debts.due_on)
        )
),

-- One number stands for account, period, kind and closing in what is built on it; the next closing of the debt has the next one.
closings as (
    select
        spells.*,
        months.period as closing,
        least(last_day(months.period), bounds.as_of_day) as last_day,
        spell_no * 10000 + date_diff('month', spells.from_closing, months.period) as assessment_no,
        months.period = greatest(spells.from_closing, bounds.sealed_period + interval 1 month) as is_first,
        months.period = least(spells.to_closing, bounds.open_period) as is_last
    from (select *, row_number() over () as spell_no from spells) as spells
    inner join rating.month as months on spells.from_closing <= months.period and months.period <= spells.to_closing
    cross join bounds
    where months.period > bounds.sealed_period
)

select
    closings.assessment_no,
    closings.is_first,
    closings.is_last,
    closings.account_number,
    closings.period,
    closings.kind,
    closings.closing,
    closings.last_day,
    closings.due_on,
    date '9999-12-31' as known_through,
    closings.debt_no,
    case when closings.posting_period <= closings.closing then closings.kopecks else 0 end as kopecks
from closings
anti join arrears.disorder as disorder
    on disorder.account_number = closings.account_number and disorder.closing = closings.closing
union all
select
    closings.assessment_no,
    closings.is_first,
    closings.is_last,
    closings.account_number,
    closings.period,
    closings.kind,
    closings.closing,
    closings.last_day,
    closings.due_on,
    closings.closing as known_through,
    debts.debt_no,
    coalesce(debts.kopecks, 0) as kopecks
from closings
semi join arrears.disorder as disorder
    on disorder.account_number = closings.account_number and disorder.closing = closings.closing
left join arrears.late_debt as debts
    on debts.account_number = closings.account_number
    and debts.known_through = closings.closing
    and debts.period = closings.period
    and debts.kind = closings.kind
