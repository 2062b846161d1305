-- Documents of a kind are numbered 1, 2, 3, … within a year, and there is one of a kind for what it speaks of.
-- asset:    intake.document_fact
-- severity: error
select kind::varchar as kind, year, max(number) as last_number, count(*) as documents
from intake.document_fact
group by kind, year
having count(*) <> max(number) or count(distinct number) <> count(*) or min(number) <> 1
union all
select kind::varchar, year, null, count(*)
from intake.document_fact
group by kind, year, contract_number, period, service_period, part
having count(*) > 1
