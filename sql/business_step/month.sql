-- One row per month of supply to businesses that is over, up to the one whose closing is open.
-- grain: period
-- kind:  step
select unnest(generate_series(
    (select min(date_trunc('month', valid_from)) from intake.supply_point_fact), bounds.open_period, interval 1 month
))::date as period
from business.bounds as bounds
