-- The hours of a month differ from its registers by no more than 1 % and 10 kWh.
-- asset:    business.volume
-- severity: warn
select contract_number, point_code, service_period, hours_kwh, register_kwh, difference_kwh
from business.volume
where
    service_period = (select least(open_period, last_month) from business.bounds)
    and abs(difference_kwh) > 10
    and abs(difference_kwh) * 100 > register_kwh
