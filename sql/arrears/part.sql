-- One row per late debt and sum that paid some of it: how much, on which day, and known from which closing.
-- grain: account_number, known_through, debt_no, money_no
-- kind:  step
-- law:   decision 15: to the period the payer named, what is over and all other money to what fell due first
-- In turn, debts and money are laid end to end and cut against each other; out of turn, sum after sum looks for what is open.
with recursive debts as (
    select account_number, known_through, debt_no, owed_before, owed_before + kopecks as owed_through
    from arrears.late_debt
    anti join arrears.out_of_turn using (account_number, known_through)
    where kopecks > 0
),

in_turn as (
    select
        debts.account_number,
        debts.known_through,
        debts.debt_no,
        payments.money_no,
        (
            least(debts.owed_through, payments.paid_before + payments.kopecks)
            - greatest(debts.owed_before, payments.paid_before)
        )::bigint as kopecks,
        payments.paid_on,
        payments.posting_period
    from debts
    inner join arrears.payment as payments
        on payments.account_number = debts.account_number
        and payments.known_through = debts.known_through
        and payments.paid_before < debts.owed_through
        and debts.owed_before < payments.paid_before + payments.kopecks
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

select * from in_turn
union all
select account_number, known_through, debt_no, money_no, kopecks, paid_on, posting_period from walk where kopecks > 0
