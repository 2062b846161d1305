-- One row per posting of a payment that somebody decided about: to each account that held it, and back.
-- grain:    payment_id
-- kind:     journal
-- rewrites: true
-- law:      RULES 6.6. The penalty of an account a payment has left is reckoned as if it had never been paid: from the closing
--           `cancelled_period` on neither the payment nor its reversal pays anything; the two together leave the balance as it was.
create table if not exists ledger.decided_payment (
    payment_id bigint not null,
    account_number bigint,
    account_as_written varchar,
    paid_on date not null,
    posting_period date,
    amount_kopecks bigint not null,
    channel channel not null,
    agent varchar not null,
    operation_id varchar not null,
    named_period date,
    status payment_status not null,
    cancelled_period date,
    source_file_id integer not null,
    source_line bigint not null
);

with holdings as (
    select
        *,
        lead(since_period) over next_decision as until_period,
        lead(decision) over next_decision as next_decision,
        lead(source_file_id) over next_decision as next_file_id,
        lead(source_line) over next_decision as next_line
    from ledger.payment_decision
    where refusal is null
    window next_decision as (partition by payment_id order by place)
),

placed as (
    select
        *,
        case
            when until_period is null then holder_known_period is not null
            else coalesce(holder_known_period <= until_period, false)
        end as is_posted
    from holdings
    where not is_reversed
),

numbered as (
    select *, row_number() over (partition by payment_id order by is_posted desc, place) as nth
    from placed
    -- What waited until somebody assigned it is posted once, to whom it was assigned.
    where is_posted or until_period is null or next_decision = 'reverse'
),

postings as (
    select
        payment_id as of_payment_id,
        -- The payment keeps its number; what a decision posts is numbered by the line of the decision.
        case when nth = 1 then payment_id else source_file_id::bigint * 68719476736 + source_line * 16 + 1 end as payment_id,
        case when is_posted then holder end as account_number,
        case when is_posted then greatest(since_period, holder_known_period) end as posting_period,
        1 as sign,
        named_period,
        case when is_posted then 'posted' else 'suspense' end::payment_status as status,
        until_period as cancelled_period,
        source_file_id,
        source_line,
        nth = 1 as is_first
    from numbered
    union all
    select
        payment_id as of_payment_id,
        (next_file_id::bigint * 68719476736 + next_line * 16) as payment_id,
        case when is_posted then holder end as account_number,
        case when is_posted then until_period end as posting_period,
        -1 as sign,
        named_period,
        'reversal'::payment_status as status,
        until_period as cancelled_period,
        next_file_id as source_file_id,
        next_line as source_line,
        false as is_first
    from numbered
    where until_period is not null
)

select
    postings.payment_id,
    postings.account_number,
    case when postings.account_number is null then payments.account_as_written end as account_as_written,
    payments.paid_on,
    postings.posting_period,
    postings.sign * payments.amount_kopecks as amount_kopecks,
    payments.channel,
    payments.agent,
    payments.operation_id,
    postings.named_period,
    postings.status,
    postings.cancelled_period,
    case when postings.is_first then payments.source_file_id else postings.source_file_id end as source_file_id,
    case when postings.is_first then payments.source_line else postings.source_line end as source_line
from postings
inner join intake.payment_fact as payments on payments.payment_id = postings.of_payment_id
