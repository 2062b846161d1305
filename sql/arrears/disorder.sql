-- One row per account and closing that saw another order of debts and money than later ones do: it is allocated by itself.
-- grain: account_number, closing
-- kind:  step
with debts as (
    -- A bill is known in its own month: only debts brought in, or money known after its month, can be out of order.
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
    where owed.account_number in (select account_number from arrears.owed where period <> posting_period)
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
    where money.account_number in (select account_number from arrears.money where posting_period <> date_trunc('month', paid_on))
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
    select money.account_number, money.posting_period, owed.posting_period
    from arrears.money as money
    inner join arrears.owed as owed on owed.account_number = money.account_number and owed.period = money.named_period
    where money.posting_period < owed.posting_period
    union
    select account_number, posting_period, cancelled_period
    from arrears.money
    where posting_period < cancelled_period
    union
    select account_number, posting_period, cancelled_period
    from arrears.owed
    where posting_period < cancelled_period
)

select distinct spells.account_number, months.period as closing
from spells
semi join arrears.late_account as late on late.account_number = spells.account_number
inner join rating.month as months on spells.from_closing <= months.period and months.period < spells.to_closing
