-- Every step of the ladder for missing hours names its source, and the days it holds for do not overlap.
-- asset:    reference.substitution_rule
-- severity: error
select *
from reference.substitution_rule
where coalesce(trim(source), '') = '' or basis in ('measured', 'unknown') or valid_to <= valid_from
union all
select rules.*
from reference.substitution_rule as rules
inner join reference.substitution_rule as others
    on others.basis = rules.basis and others.valid_from > rules.valid_from and others.valid_from < rules.valid_to
