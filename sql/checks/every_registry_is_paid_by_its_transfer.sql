-- Every registry of payments is paid by a transfer of its sum less the commission, where there is a statement; every transfer has one.
-- asset:    business.registry_transfer
-- severity: warn
select transfers.*
from business.registry_transfer as transfers
inner join reference.registry_rule as rules
    on rules.valid_from <= coalesce(transfers.handed_on, transfers.paid_on)
    and coalesce(transfers.handed_on, transfers.paid_on) < rules.valid_to
where transfers.status not in ('matched', 'no_statement') and coalesce(transfers.waits_days, rules.days_most + 1) > rules.days_most
