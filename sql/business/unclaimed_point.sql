-- One row per point that sends messages and that no contract supplies: kept in quarantine, billed to nobody, not lost.
-- grain: point_code
-- kind:  table
select
    measured.point_code,
    min(measured.day) as first_day,
    max(measured.day) as last_day,
    max(measured.sender_inn) as sender_inn,
    sum(list_sum(measured.wh))::bigint as wh
from business.measured_day as measured
anti join intake.supply_point_fact as points on points.point_code = measured.point_code
where measured.is_newest
group by measured.point_code
