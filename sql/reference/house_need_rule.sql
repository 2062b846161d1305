-- One row per way a house is managed and time in which its flats pay house needs themselves (ОДН, КР на СОИ).
-- grain: management, valid_from
-- kind:  reference
-- law:   ПП РФ 354 п. 40, 44; since 2017 only direct management (RULES.md 3.1)
select
    management::management as management,
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    status::value_status as status,
    source
from reference_rows('house_need_rule')
