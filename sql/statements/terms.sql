-- One row: the due day and the VAT rate that hold for the month.
-- params: $period
select due.due_day, vat.rate_pct
from due_day as due
inner join vat on vat.valid_from <= $period::date and $period::date < vat.valid_to
where due.service_period_from <= $period::date and $period::date < due.service_period_to
