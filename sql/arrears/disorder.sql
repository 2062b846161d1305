-- One row per account and closing that saw another order of debts and money than later ones do: it is allocated by itself.
-- grain: account_number, closing
-- kind:  step
with debts as (
    select
        owed.*,
        min(owed.posting_period) over (
            partition by owed.account_number
            order by due.due_on, owed.period, owed.kind
            range between current row and unbounded following
        ) as later_known_from
    from arrears.owed as owed
    semi join arrears.late_account as late on late.account_number = owed.account_number
    inner join ledger.due_date as due on due.service_period = owed.period
),

money as (
    select
        money.*,
        min(money.posting_period) over (
            partition by money.account_number
            order by money.paid_on, money.turn, money.source_file_id, money.source_line, money.posting_period
            rows between current row and unbounded following
        ) as later_known_from
    from arrears.money as money
    semi join arrears.late_account as late on late.account_number = money.account_number
),

-- Known after something that comes later in turn; the period it names was owed only later; or a later decision takes it away.
spells as (
    select account_number, later_known_from as from_closing, posting_period as to_closing
    from debts
    where later_known_from < posting_period
    union
    select account_number, later_known_from, posting_period
    from money
    where later_known_from < posting_period
    union
    select money.account_number, money.posting_period, debts.posting_period
    from money
    inner join debts on debts.account_number = money.account_number and debts.period = money.named_period
    where money.posting_period < debts.posting_period
    union
    select account_number, posting_period, cancelled_period
    from money
    where posting_period < cancelled_period
    union
    select account_number, posting_period, cancelled_period
    from debts
    where posting_period < cancelled_period
)

select distinct spells.account_number, months.period as closing
from spells
inner join rating.month as months on spells.from_closing <= months.period and months.period < spells.to_closing
