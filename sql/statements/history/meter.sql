-- One row per meter of the account, in the order they were installed.
-- params: $account
select meter_serial, zone_plan, whole_digits, fraction_digits, transformer_ratio, installed_on, removed_on, verified_until
from meter
where account_number = $account
order by installed_on nulls first, meter_serial
