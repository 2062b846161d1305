-- One row per decision about a payment, with what it found: who held the payment, and why the decision was refused if it was.
-- grain: source_file_id, source_line
-- kind:  table
-- law:   RULES 6.6; decision 4: a decision is judged by what was known in its month, in the order (known_at, file, line)
with recursive decisions as (
    select
        decisions.*,
        row_number() over (
            partition by decisions.agent, decisions.operation_id
            order by decisions.known_at, decisions.source_file_id, decisions.source_line
        ) as place,
        accounts.known_period as target_known_period
    from intake.payment_decision_fact as decisions
    left join (
        select account_number, min(known_period) as known_period from intake.account_fact group by account_number
    ) as accounts on accounts.account_number = decisions.account_number
),

payments as (
    select payments.*
    from intake.payment_fact as payments
    semi join decisions on decisions.agent = payments.agent and decisions.operation_id = payments.operation_id
),

-- A payment and who holds it after each decision; the place 0 is the payment as it came.
walk as (
    select
        payments.payment_id,
        payments.agent,
        payments.operation_id,
        0::bigint as place,
        payments.known_period as arrived_period,
        payments.known_period as since_period,
        payments.account_number as holder,
        (
            select min(accounts.known_period) from intake.account_fact as accounts
            where accounts.account_number = payments.account_number
        ) as holder_known_period,
        payments.named_period,
        false as is_reversed,
        null::payment_decision as decision,
        null::varchar as refusal,
        payments.source_file_id,
        payments.source_line
    from payments
    union all
    select
        judged.payment_id,
        judged.agent,
        judged.operation_id,
        judged.place,
        judged.arrived_period,
        judged.known_period as since_period,
        case
            when judged.refusal is not null or judged.decision = 'name_period' then judged.holder
            when judged.decision <> 'reverse' then judged.target
        end as holder,
        case
            when judged.refusal is not null or judged.decision = 'name_period' then judged.holder_known_period
            when judged.decision <> 'reverse' then judged.target_known_period
        end as holder_known_period,
        case
            when judged.refusal is null then coalesce(judged.new_named_period, judged.named_period)
            else judged.named_period
        end as named_period,
        judged.is_reversed or (judged.refusal is null and judged.decision = 'reverse') as is_reversed,
        judged.decision,
        judged.refusal,
        judged.source_file_id,
        judged.source_line
    from (
        select
            walk.* exclude (place, decision, refusal, source_file_id, source_line),
            decisions.place,
            decisions.decision,
            decisions.known_period,
            decisions.account_number as target,
            decisions.target_known_period,
            decisions.named_period as new_named_period,
            decisions.source_file_id,
            decisions.source_line,
            coalesce(walk.holder_known_period <= decisions.known_period, false) as is_held,
            case
                when walk.arrived_period > decisions.known_period then 'unknown_payment'
                when walk.is_reversed then 'already_reversed'
                when decisions.decision = 'assign' and is_held then 'not_waiting'
                when decisions.decision in ('move', 'name_period') and not is_held then 'waiting'
                when decisions.decision = 'move' and walk.holder = decisions.account_number then 'nothing_changes'
                when
                    decisions.decision = 'move'
                    and not coalesce(decisions.target_known_period <= decisions.known_period, false)
                    then 'unknown_account'
                when
                    decisions.decision = 'name_period' and decisions.named_period = walk.named_period
                    then 'nothing_changes'
                when
                    decisions.decision = 'assign' and walk.holder = decisions.account_number
                    and decisions.named_period is not distinct from walk.named_period
                    then 'nothing_changes'
            end as refusal
        from walk
        inner join decisions
            on decisions.agent = walk.agent
            and decisions.operation_id = walk.operation_id
            and decisions.place = walk.place + 1
    ) as judged
)

select * from walk
union all
select
    null as payment_id,
    decisions.agent,
    decisions.operation_id,
    decisions.place,
    null as arrived_period,
    decisions.known_period as since_period,
    null as holder,
    null as holder_known_period,
    decisions.named_period,
    false as is_reversed,
    decisions.decision,
    'unknown_payment' as refusal,
    decisions.source_file_id,
    decisions.source_line
from decisions
anti join payments on payments.agent = decisions.agent and payments.operation_id = decisions.operation_id
