-- One row per contract and month: opening + charged + penalty − paid = closing; below zero: an advance.
select * from business.balance
