-- One row per late debt and sum that paid some of it: how much, on which day, and known from which closing.
-- grain: account_number, known_through, debt_no, money_no
-- kind:  step
-- law:   decision 15: to the period the payer named, what is over and all other money to what fell due first
-- Debts and money are laid end to end and cut against each other, once what names a debt is taken off both; where other money came to
-- such a debt first (out_of_turn), sum after sum looks for what is open.
with recursive debts as (
    select late.account_number, late.known_through, late.debt_no, late.kopecks, late.owed_before
    from arrears.late_debt as late
    anti join arrears.named_part using (account_number, known_through)
    where late.kopecks > 0
    union all
    select free.account_number, free.known_through, free.debt_no, free.kopecks, free.owed_before
    from arrears.free_debt as free
    semi join arrears.late_debt using (account_number, known_through, debt_no)
    anti join arrears.out_of_turn using (account_number, known_through)
    where free.kopecks > 0
),

money as (
    select account_number, known_through, money_no, kopecks, paid_before, paid_on, posting_period
    from arrears.payment
    anti join arrears.named_part using (account_number, known_through)
    union all
    select account_number, known_through, money_no, kopecks, paid_before, paid_on, posting_period
    from arrears.free_payment
    where kopecks > 0
),

cut as (
    select
        debts.account_number,
        debts.known_through,
        debts.debt_no,
        money.money_no,
        (
            least(debts.owed_before + debts.kopecks, money.paid_before + money.kopecks)
            - greatest(debts.owed_before, money.paid_before)
        )::bigint as kopecks,
        money.paid_on,
        money.posting_period
    from debts
    inner join money
        on money.account_number = debts.account_number
        and money.known_through = debts.known_through
        and money.paid_before < debts.owed_before + debts.kopecks
        and debts.owed_before < money.paid_before + money.kopecks
),

named as (
    select
        named.account_number,
        named.known_through,
        named.debt_no,
        named.money_no,
        named.kopecks,
        payments.paid_on,
        payments.posting_period
    from arrears.named_part as named
    inner join arrears.payment as payments
        on payments.account_number = named.account_number
        and payments.known_through = named.known_through
        and payments.money_no = named.money_no
    semi join arrears.late_debt as late
        on late.account_number = named.account_number
        and late.known_through = named.known_through
        and late.debt_no = named.debt_no
    anti join arrears.out_of_turn as walked
        on walked.account_number = named.account_number and walked.known_through = named.known_through
    where named.kopecks > 0
),

payments as materialized (
    select *
    from arrears.payment
    semi join arrears.out_of_turn using (account_number, known_through)
),

walk as (
    select
        account_number,
        known_through,
        debt_no,
        0::bigint as money_no,
        kopecks as open_kopecks,
        0::bigint as kopecks,
        null::date as paid_on,
        null::date as posting_period
    from arrears.late_debt
    semi join arrears.out_of_turn using (account_number, known_through)
    union all
    select
        account_number,
        known_through,
        debt_no,
        money_no,
        (open_kopecks - part_kopecks)::bigint as open_kopecks,
        part_kopecks as kopecks,
        paid_on,
        posting_period
    from (
        select
            *,
            case
                when is_named then to_named
                else greatest(least(open_kopecks, paid_kopecks - to_named - open_before), 0)
            end::bigint as part_kopecks
        from (
            select
                *,
                coalesce(
                    max(case when is_named then least(open_kopecks, paid_kopecks) end) over allocation, 0
                ) as to_named,
                sum(case when is_named then 0 else open_kopecks end) over earlier
                - case when is_named then 0 else open_kopecks end as open_before
            from (
                select
                    walk.account_number,
                    walk.known_through,
                    walk.debt_no,
                    walk.open_kopecks,
                    payments.money_no,
                    payments.kopecks as paid_kopecks,
                    payments.paid_on,
                    payments.posting_period,
                    payments.named_debt_no is not distinct from walk.debt_no as is_named
                from walk
                inner join payments
                    on payments.account_number = walk.account_number
                    and payments.known_through = walk.known_through
                    and payments.money_no = walk.money_no + 1
                where walk.open_kopecks > 0
            )
            window
                allocation as (partition by account_number, known_through),
                earlier as (partition by account_number, known_through order by debt_no rows unbounded preceding)
        )
    )
)

select account_number, known_through, debt_no, money_no, sum(kopecks)::bigint as kopecks, paid_on, posting_period
from (select * from cut union all select * from named)
group by account_number, known_through, debt_no, money_no, paid_on, posting_period
union all
select account_number, known_through, debt_no, money_no, kopecks, paid_on, posting_period from walk where kopecks > 0
