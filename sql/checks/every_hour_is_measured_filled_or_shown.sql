-- Every hour to bill is measured, filled by a step of the ladder, or shown as unknown; none of them is silently zero or left out.
-- asset:    business.point_day
-- severity: error
select days.point_code, days.day, days.hours_filled, days.hours_unknown
from business.point_day as days
left join business.missing_hours as missing on missing.point_code = days.point_code and missing.day = days.day
where
    len(days.wh) <> len(days.basis)
    or len(days.wh) - list_count(days.wh) <> days.hours_unknown
    or days.hours_filled + days.hours_unknown <> coalesce(len(missing.hours), 0)
    or days.hours_unknown <> coalesce(missing.unknown, 0)
