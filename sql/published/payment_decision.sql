-- One row per decision about a payment; `refusal` and `message` say why it changed nothing, null where it did.
select
    agent,
    operation_id,
    payment_id,
    decision,
    since_period as known_period,
    holder as account_number,
    named_period,
    refusal,
    case refusal
        when 'unknown_payment' then 'Такого платежа нет или он пришёл позже решения. Проверьте агента и номер операции.'
        when 'already_reversed' then 'Платёж уже отозван. Решать о нём больше нечего.'
        when 'not_waiting' then 'Платёж уже зачислен на счёт. Чтобы сменить счёт, пришлите решение move.'
        when 'waiting' then 'Платёж ещё ждёт среди невыясненных. Пришлите решение assign.'
        when 'unknown_account' then 'Счёт, на который переносится платёж, не известен. Проверьте номер счёта.'
        when 'nothing_changes' then 'Решение ничего не меняет: у платежа уже этот счёт и месяц.'
    end as message,
    source_file_id,
    source_line
from ledger.payment_decision
where decision is not null
