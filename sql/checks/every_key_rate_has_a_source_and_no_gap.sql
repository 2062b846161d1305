-- Every key rate names its page, follows the one before it without a gap or an overlap, and the last has no end.
-- asset:    reference.key_rate
-- severity: error
with ordered as (
    select
        *,
        lag(valid_to) over (order by valid_from) as previous_valid_to,
        lead(valid_from) over (order by valid_from) as next_valid_from
    from reference.key_rate
)

select *
from ordered
where
    coalesce(trim(source), '') = ''
    or status is null
    or rate_pct is null
    or rate_pct <= 0
    or valid_to <= valid_from
    or previous_valid_to <> valid_from
    or (next_valid_from is null and valid_to <> date '9999-12-31')
