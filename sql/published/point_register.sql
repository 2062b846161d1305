-- One row per point, meter, zone and month: the register at the end of the month, as known now, and every value ever told.
select *, list(value) over (partition by point_code, meter_serial, zone, service_period) as told_values
from intake.point_register_fact
qualify row_number() over (
    partition by point_code, meter_serial, zone, service_period
    order by known_at desc, source_file_id desc, source_line desc
) = 1
