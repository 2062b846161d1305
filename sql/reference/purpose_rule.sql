-- One row per pattern that the purpose of a payment is searched for (назначение платежа); of a fact, the first that fits counts.
-- grain: place
-- kind:  reference
-- Read by `prepare` of pipelines/warehouse/connection.py: a purpose is read once, in its month, by the patterns in force then.
select
    place::integer as place,
    valid_from::date as valid_from,
    valid_to::date as valid_to,
    fact,                                  -- contract, invoice, registry_number: the number stands last · period, refund, registry
    pattern,                               -- RE2, for a text in small letters
    month::integer as month,               -- of a period in words; null where month and year stand in digits
    stem,                                  -- of the month's name: what tells which month was found
    status::value_status as status,
    source
from reference_rows('purpose_rule')
