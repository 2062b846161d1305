-- One row per closing and part of a month known to it, in the order in which money that names no month pays them.
-- grain: contract_number, closing, debt_no
-- kind:  step
-- law:   ГК РФ ст. 522 п. 3, ст. 319.1: what fell due first is paid first
with known as (
    select
        claims.contract_number,
        closings.closing,
        claims.period,
        claims.part,
        claims.customer_kind,
        claims.due_on,
        claims.bears_on,
        -- What a decision took away stays as a debt of nothing: its penalty is to be taken back.
        sum(case when claims.cancelled_period <= closings.closing then 0 else claims.kopecks end)::bigint as kopecks
    from business_step.closing as closings
    inner join business_step.claim as claims
        on claims.from_closing <= closings.closing and closings.closing <= claims.to_closing
    group by all
)

select
    *,
    row_number() over in_turn as debt_no,
    sum(kopecks) over in_turn - kopecks as owed_before
from known
window in_turn as (
    partition by contract_number, closing order by due_on, period, part rows between unbounded preceding and current row
)
