-- One row per threshold from which a bill is looked at by a person (неправдоподобный счёт): times the account's own usual bill.
-- grain: valid_from
-- kind:  reference
select
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    times_usual::integer as times_usual,
    usual_months::integer as usual_months,                 -- how many months back the usual bill is taken from
    usual_months_least::integer as usual_months_least,     -- with fewer of them there is no usual bill
    (least_more_rub::decimal(12, 2) * 100)::bigint as least_more_kopecks,
    status::value_status as status,
    source
from reference_rows('bill_rule')
