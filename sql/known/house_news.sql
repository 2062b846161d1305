-- One row per house and closing that learned something about it: the first month it speaks of.
-- grain: house_id, closing
-- kind:  step
with learned as (
    select house_id, known_period as closing, date_trunc('month', valid_from)::date as from_period from intake.house_fact
    union all
    select house_id, known_period, service_period from intake.house_volume_fact
)

select house_id, closing, min(from_period) as from_period
from learned
group by house_id, closing
