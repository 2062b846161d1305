-- The social norm names its source, and no two rows of it hold at once for the same household.
-- asset:    reference.social_norm
-- severity: error
with ordered as (
    select *, lag(valid_to) over (partition by settlement, component, persons order by valid_from) as previous_valid_to
    from reference.social_norm
)

select *
from ordered
where coalesce(trim(source), '') = '' or status is null or valid_to <= valid_from or previous_valid_to > valid_from
