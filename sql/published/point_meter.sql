-- One row per point of supply and meter, as known now.
select *
from intake.point_meter_fact
qualify row_number() over (
    partition by point_code, meter_serial order by known_at desc, source_file_id desc, source_line desc
) = 1
