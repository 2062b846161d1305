-- One row per meter of a point of supply, as its latest statement says.
select
    point_code,
    meter_serial,
    zone_plan,
    whole_digits,
    transformer_ratio,
    installed_on,
    removed_on,
    verified_until
from intake.point_meter_fact
qualify row_number() over (
    partition by point_code, meter_serial order by known_at desc, source_file_id desc, source_line desc
) = 1
