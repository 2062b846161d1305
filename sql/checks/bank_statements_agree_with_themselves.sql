-- Balances of bank statements add up, follow each other, and are what their documents add up to.
-- asset:    business.disagreement
-- severity: warn
select * from business.disagreement
