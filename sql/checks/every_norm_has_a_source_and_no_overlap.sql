-- The social norm names its source, and no two rows of it hold at once for the same household.
-- asset:    reference.social_norm
-- severity: error
with epochs as (
    select distinct unnest([known_from, known_to]) as epoch from reference.social_norm
),

known as (
    select epochs.epoch, norms.*
    from epochs
    inner join reference.social_norm as norms on norms.known_from <= epochs.epoch and epochs.epoch < norms.known_to
),

ordered as (
    select *, lag(valid_to) over (partition by epoch, settlement, component, persons order by valid_from) as previous_valid_to
    from known
)

select *
from ordered
where coalesce(trim(source), '') = '' or status is null or valid_to <= valid_from or previous_valid_to > valid_from
