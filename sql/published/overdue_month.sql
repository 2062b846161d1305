-- One row per account and month with a balance: what of it was past due at the end of the month.
-- The bill of a month falls due in the next one, those before it have; so all beyond the month's own charges is past due.
select
    account_number,
    period,
    branch,
    site,
    district,
    greatest(closing_kopecks, 0)::bigint as debt_kopecks,
    greatest(closing_kopecks - greatest(charged_kopecks, 0), 0)::bigint as overdue_kopecks
from marts.account_month
