-- In every row: closing = opening + charged + corrected + penalty − paid.
-- asset:    marts.account_month
-- severity: error
select *
from marts.account_month
where closing_kopecks <> opening_kopecks + charged_kopecks + corrected_kopecks + penalty_kopecks - paid_kopecks
