-- One row: the due date and the VAT rate that hold for the month.
-- params: $period
select due.due_on, vat.rate_pct
from due_date as due
inner join vat on vat.valid_from <= $period::date and $period::date < vat.valid_to
where due.service_period = $period::date
