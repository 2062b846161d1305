-- Every kind of business customer has a scale and a rate of penalty with a source, on every day from 2016 on.
-- asset:    reference.business_penalty
-- severity: error
with kinds as (
    select unnest(enum_range(null::customer_kind)) as customer_kind
),

spans as (
    select
        customer_kind,
        sum(valid_to - valid_from) as days,
        count(*) filter (coalesce(trim(source), '') = '' or rate not in ('key', 'lowered') or bears not in ('bill', 'advance')) as bad
    from reference.business_penalty
    group by customer_kind
)

select kinds.customer_kind, spans.days, spans.bad
from kinds
left join spans on spans.customer_kind = kinds.customer_kind
left join (select distinct customer_kind from reference.penalty_scale) as scales
    on scales.customer_kind = kinds.customer_kind::varchar
where
    spans.days is distinct from date '9999-12-31' - date '2016-01-01'
    or spans.bad > 0
    or scales.customer_kind is null
