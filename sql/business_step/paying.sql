-- One row per closing and sum of money known to it, in the order in which sums pay; one that names a month not owed waits.
-- grain: contract_number, closing, money_no
-- kind:  step
-- law:   ГК РФ ст. 522 п. 1: the buyer may say what he pays for
with owed as (
    select distinct contract_number, closing, period from business_step.owed where kopecks > 0
)

select
    money.contract_number,
    closings.closing,
    row_number() over in_turn as money_no,
    money.paid_on,
    money.source_file_id,
    money.source_line,
    money.kopecks,
    money.named_period,
    sum(money.kopecks) over in_turn - money.kopecks as paid_before
from business_step.closing as closings
inner join business_step.money as money
    on money.posting_period <= closings.closing
    and (money.cancelled_period is null or money.cancelled_period > closings.closing)
left join owed
    on owed.contract_number = money.contract_number
    and owed.closing = closings.closing
    and owed.period = money.named_period
where money.named_period is null or owed.period is not null
window in_turn as (
    partition by money.contract_number, closings.closing
    order by money.paid_on, money.turn, money.source_file_id, money.source_line, money.posting_period
    rows between unbounded preceding and current row
)
