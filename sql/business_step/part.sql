-- One row per closing, debt and sum that paid some of it: how much, and on which day.
-- grain: contract_number, closing, debt_no, money_no
-- kind:  step
-- law:   ГК РФ ст. 522: to the month the buyer named, what is over and all other money to what fell due first
-- In turn, debts and money are laid end to end and cut against each other; out of turn, sum after sum looks for what is open.
with recursive debts as (
    select contract_number, closing, debt_no, owed_before, owed_before + kopecks as owed_through
    from business_step.owed
    anti join business_step.out_of_turn using (contract_number, closing)
    where kopecks > 0
),

in_turn as (
    select
        debts.contract_number,
        debts.closing,
        debts.debt_no,
        payments.money_no,
        (
            least(debts.owed_through, payments.paid_before + payments.kopecks)
            - greatest(debts.owed_before, payments.paid_before)
        )::bigint as kopecks
    from debts
    inner join business_step.paying as payments
        on payments.contract_number = debts.contract_number
        and payments.closing = debts.closing
        and payments.paid_before < debts.owed_through
        and debts.owed_before < payments.paid_before + payments.kopecks
),

payments as materialized (
    select contract_number, closing, money_no, kopecks, named_period
    from business_step.paying
    semi join business_step.out_of_turn using (contract_number, closing)
),

walk as (
    select
        contract_number,
        closing,
        period,
        debt_no,
        0::bigint as money_no,
        kopecks as open_kopecks,
        0::bigint as kopecks
    from business_step.owed
    semi join business_step.out_of_turn using (contract_number, closing)
    union all
    select
        contract_number,
        closing,
        period,
        debt_no,
        money_no,
        (open_kopecks - part_kopecks)::bigint as open_kopecks,
        part_kopecks as kopecks
    from (
        select *, greatest(least(open_kopecks, paid_kopecks - open_before), 0)::bigint as part_kopecks
        from (
            select
                walk.contract_number,
                walk.closing,
                walk.period,
                walk.debt_no,
                payments.money_no,
                walk.open_kopecks,
                payments.kopecks as paid_kopecks,
                sum(walk.open_kopecks) over (
                    partition by walk.contract_number, walk.closing
                    order by walk.period is not distinct from payments.named_period desc, walk.debt_no
                    rows unbounded preceding
                ) - walk.open_kopecks as open_before
            from walk
            inner join payments
                on payments.contract_number = walk.contract_number
                and payments.closing = walk.closing
                and payments.money_no = walk.money_no + 1
            where walk.open_kopecks > 0
        )
    )
)

select * from in_turn
union all
select contract_number, closing, debt_no, money_no, kopecks from walk where kopecks > 0
