-- One row per account with a meter whose serial begins as typed.
-- grain:  account_number, meter_serial
-- params: serial
with found as (
    select account_number, meter_serial
    from meter
    where starts_with(meter_serial, $serial)
    order by meter_serial, account_number
    limit 50
)

select
    found.account_number,
    found.meter_serial,
    arg_max(accounts.holder_name, accounts.valid_from) as holder_name,
    arg_max(accounts.address, accounts.valid_from) as address,
    arg_max(accounts.district, accounts.valid_from) as district
from found
inner join account as accounts on accounts.account_number = found.account_number
group by found.account_number, found.meter_serial
order by found.meter_serial, found.account_number
