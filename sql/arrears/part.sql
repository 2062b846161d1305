-- One row per debt and sum that paid some of it: how much.
-- grain: account_number, known_through, debt_no, money_no
-- kind:  step
-- law:   decision 15: to the period the payer named, what is over and all other money to what fell due first
-- In turn, debts and money are laid end to end and cut against each other; out of turn, sum after sum looks for what is open.
with recursive in_turn as (
    select
        debts.account_number,
        debts.known_through,
        debts.debt_no,
        payments.money_no,
        (
            least(debts.owed_before + debts.kopecks, payments.paid_before + payments.kopecks)
            - greatest(debts.owed_before, payments.paid_before)
        )::bigint as kopecks
    from arrears.debt as debts
    anti join arrears.out_of_turn as cases
        on cases.account_number = debts.account_number and cases.known_through = debts.known_through
    inner join arrears.payment as payments
        on payments.account_number = debts.account_number
        and payments.known_through = debts.known_through
        and payments.paid_before < debts.owed_before + debts.kopecks
        and debts.owed_before < payments.paid_before + payments.kopecks
),

payments as materialized (
    select *
    from arrears.payment
    semi join arrears.out_of_turn using (account_number, known_through)
),

walk as (
    select debts.account_number, debts.known_through, debts.debt_no, 0::bigint as money_no, debts.kopecks as open_kopecks, 0::bigint as kopecks
    from arrears.debt as debts
    semi join arrears.out_of_turn using (account_number, known_through)
    union all
    select
        account_number,
        known_through,
        debt_no,
        money_no,
        (open_kopecks - kopecks)::bigint as open_kopecks,
        kopecks
    from (
        select
            account_number,
            known_through,
            debt_no,
            money_no,
            open_kopecks,
            case
                when is_named then to_named
                else greatest(least(open_kopecks, paid_kopecks - to_named - open_before), 0)
            end::bigint as kopecks
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

select account_number, known_through, debt_no, money_no, kopecks from in_turn
union all
select account_number, known_through, debt_no, money_no, kopecks from walk where kopecks > 0
