-- One row per account, month, kind and service period: what moved the balance.
select account_number, posting_period, kind, service_period, amount_kopecks from ledger.posting
