-- One row per meter of an account, those in place first.
-- grain:  meter_serial
-- params: account_number
select
    meter_serial,
    zone_plan::varchar as zone_plan,
    whole_digits,
    transformer_ratio,
    installed_on,
    removed_on,
    verified_until
from meter
where account_number = $account_number
order by removed_on is not null, installed_on desc, meter_serial
