-- In every row of open months: closing = opening + charged + corrected + penalty − paid.
-- asset:    marts.account_month
-- severity: error
select *
from marts.account_month
where
    period > (select sealed_period from replay.bounds)
    and closing_kopecks <> opening_kopecks + charged_kopecks + corrected_kopecks + penalty_kopecks - paid_kopecks
