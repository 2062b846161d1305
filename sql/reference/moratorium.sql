-- One row per stretch of days, to_day not included, that bear no penalty; the count of days after the due day runs on.
-- With debts_due_before, only debts due before that day are spared.
-- grain: from_day
-- kind:  reference
-- law:   ПП РФ 424 of 02.04.2020; ПП РФ 497 of 28.03.2022
select
    from_day::date as from_day,
    to_day::date as to_day,
    debts_due_before::date as debts_due_before,
    status::value_status as status,
    source
from reference_rows('moratorium')
