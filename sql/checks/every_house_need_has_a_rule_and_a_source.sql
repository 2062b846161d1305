-- Every way to manage a house has a rule for its needs, and every month a normative; each with a source, none overlapping.
-- asset:    reference.house_need_rule
-- severity: error
with rows_of as (
    select management::varchar as subject, valid_from, valid_to, source from reference.house_need_rule
    union all
    select 'normative', valid_from, valid_to, source from reference.house_need_normative
),

ordered as (
    select *, lead(valid_from) over (partition by subject order by valid_from) as next_from from rows_of
)

select subject, valid_from, 'no source' as finding from ordered where trim(source) = ''
union all
select subject, valid_from, 'overlaps' from ordered where next_from < valid_to
union all
select subject, valid_from, 'gap' from ordered where subject = 'normative' and valid_to < coalesce(next_from, date '9999-12-31')
union all
select reasons.management, null, 'no rule'
from (select unnest(enum_range(null::management))::varchar as management) as reasons
anti join ordered on ordered.subject = reasons.management
