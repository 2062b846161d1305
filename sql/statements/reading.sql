-- One row per accepted reading that counts for the month.
-- params: $period; $accounts
select account_number, meter_serial, zone, read_on, channel, previous_value, floor(value)::bigint as register, consumption_kwh
from reading
where
    account_number in (select unnest($accounts::bigint []))
    and period = $period::date
    and verdict = 'accepted'
order by account_number, meter_serial, zone, reading_id
