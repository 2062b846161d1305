-- Every reason of a condition has rules with a source, which do not overlap, and a coefficient for its normative all the while.
-- asset:    reference.condition_rule
-- severity: error
select reason, valid_from, 'no source' as finding
from reference.condition_rule
where trim(source) = ''
union all
select one.reason, one.valid_from, 'overlaps' as finding
from reference.condition_rule as one
inner join reference.condition_rule as other
    on other.reason = one.reason and one.valid_from < other.valid_from and other.valid_from < one.valid_to
union all
select reasons.reason, null, 'no rule' as finding
from (select unnest(enum_range(null::condition_reason))::condition_reason as reason) as reasons
anti join reference.condition_rule as rules on rules.reason = reasons.reason
union all
select starts.reason, starts.valid_from, 'no coefficient of its normative' as finding
from (
    select reason, normative_reason, valid_from from reference.condition_rule where normative_reason is not null
    union all
    -- Where a coefficient ends inside a rule the next one has to begin.
    select rules.reason, rules.normative_reason, ended.valid_to as valid_from
    from reference.condition_rule as rules
    inner join reference.normative_coefficient as ended
        on ended.reason = rules.normative_reason
        and rules.valid_from < ended.valid_to and ended.valid_to < rules.valid_to
) as starts
anti join reference.normative_coefficient as coefficients
    on coefficients.reason = starts.normative_reason
    and coefficients.valid_from <= starts.valid_from and starts.valid_from < coefficients.valid_to
