-- One row per account and month with a balance: what of it was past due at the end of the month.
-- What is charged in a month, and what a correction adds, falls due in the next one; what is older has fallen due already.
-- law:   decisions 14, 15; money goes to what fell due first, so the balance lies on the newest
select
    account_number,
    period,
    branch,
    site,
    district,
    greatest(closing_kopecks, 0)::bigint as debt_kopecks,
    greatest(closing_kopecks - greatest(charged_kopecks, 0) - greatest(corrected_kopecks, 0), 0)::bigint as overdue_kopecks
from marts.account_month
