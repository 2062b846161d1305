-- One row per account whose supply may be restricted once a notice is out, beside its place: it owes more than two normative months.
-- kind: table
select candidates.*, places.branch, places.site, places.district, places.category
from marts.restriction_candidate as candidates
inner join account_place as places on places.account_number = candidates.account_number
