-- One row per month of a contract, newest first: how its balance moved, and the energy of its bill.
-- grain:  period
-- params: contract, since
select
    balances.period,
    balances.opening_kopecks,
    bills.kwh,
    balances.charged_kopecks,
    bills.vat_kopecks,
    balances.penalty_kopecks,
    balances.paid_kopecks,
    balances.closing_kopecks
from business_balance as balances
left join business_bill as bills on bills.contract_number = balances.contract_number and bills.period = balances.period
where balances.contract_number = $contract and balances.period >= $since
order by balances.period desc
