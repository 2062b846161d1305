-- One row per part of a month that a contract is to pay (требование), and closings that ask for it: an advance, the rest, a refund.
-- grain: contract_number, period, part, from_closing, cancelled_period
-- kind:  step
-- law:   ПП РФ 442 п. 81, 82 (RULES 11.1): advances in the month, the rest by the bill that is known in the next one
-- While a month runs its advances are asked for as they are; once its bill is known, they are no more than the bill.
with kinds as (
    select contract_number, arg_max(customer_kind, (valid_from, source_file_id, source_line)) as customer_kind
    from intake.contract_fact
    group by contract_number
),

-- The last part of a month that has a bill is the rest of it.
parts as (
    select
        parts.contract_number,
        parts.period,
        parts.part,
        parts.due_on,
        parts.amount_kopecks,
        bills.total_kopecks,
        bills.total_kopecks is not null
        and parts.part = max(parts.part) over (partition by parts.contract_number, parts.period) as is_rest,
        coalesce(sum(parts.amount_kopecks) over (
            partition by parts.contract_number, parts.period
            order by parts.part
            rows between unbounded preceding and 1 preceding
        ), 0) as asked_before
    from business.advance as parts
    left join business.bill as bills on bills.contract_number = parts.contract_number and bills.period = parts.period
),

-- The last day to pay a month; where no schedule names it, the 18th of the next one.
rests as (
    select contract_number, period, due_on from parts where is_rest
),

refunds as (
    select contract_number, posting_period as period, cancelled_period, sum(-amount_kopecks)::bigint as kopecks
    from business.receipt
    where status = 'credited' and amount_kopecks < 0
    group by contract_number, posting_period, cancelled_period
),

claims as (
    select
        contract_number,
        period,
        part,
        due_on,
        null::date as last_due_on,
        period as from_closing,
        period as to_closing,
        null::date as cancelled_period,
        amount_kopecks as kopecks
    from parts
    where not is_rest
    union all
    select
        parts.contract_number,
        parts.period,
        parts.part,
        parts.due_on,
        rests.due_on,
        (parts.period + interval 1 month)::date,
        date '9999-12-31',
        null,
        case
            when parts.is_rest then greatest(parts.total_kopecks - parts.asked_before, 0)
            else least(parts.amount_kopecks, greatest(parts.total_kopecks - parts.asked_before, 0))
        end::bigint
    from parts
    inner join rests on rests.contract_number = parts.contract_number and rests.period = parts.period
    union all
    -- A bill without a schedule.
    select
        bills.contract_number,
        bills.period,
        0,
        (bills.period + interval 1 month + interval 17 day)::date,
        (bills.period + interval 1 month + interval 17 day)::date,
        (bills.period + interval 1 month)::date,
        date '9999-12-31',
        null,
        greatest(bills.total_kopecks, 0)
    from business.bill as bills
    anti join rests on rests.contract_number = bills.contract_number and rests.period = bills.period
    union all
    -- Money given back is owed again.
    select
        refunds.contract_number,
        refunds.period,
        9,
        coalesce(rests.due_on, (refunds.period + interval 1 month + interval 17 day)::date),
        coalesce(rests.due_on, (refunds.period + interval 1 month + interval 17 day)::date),
        refunds.period,
        date '9999-12-31',
        refunds.cancelled_period,
        refunds.kopecks
    from refunds
    left join rests on rests.contract_number = refunds.contract_number and rests.period = refunds.period
)

select
    claims.contract_number,
    claims.period,
    claims.part,
    kinds.customer_kind,
    claims.due_on,
    -- From which due day its days of penalty are counted; null: it bears none.
    case rules.bears when 'advance' then claims.due_on when 'bill' then claims.last_due_on end as bears_on,
    claims.from_closing,
    claims.to_closing,
    claims.cancelled_period,
    claims.kopecks
from claims
inner join kinds on kinds.contract_number = claims.contract_number
left join reference.business_penalty as rules
    on rules.customer_kind = kinds.customer_kind
    and rules.valid_from <= claims.due_on and claims.due_on < rules.valid_to
