-- One row per decision about a payment, who took it and why; `refusal` and `message` say why it changed nothing, null where it did.
select
    decisions.agent,
    decisions.operation_id,
    decisions.payment_id,
    decisions.decision,
    decisions.since_period as known_period,
    decisions.holder as account_number,
    decisions.named_period,
    decisions.refusal,
    case decisions.refusal
        when 'unknown_payment' then 'Такого платежа нет или он пришёл позже решения. Проверьте агента и номер операции.'
        when 'already_reversed' then 'Платёж уже отозван. Решать о нём больше нечего.'
        when 'not_waiting' then 'Платёж уже зачислен на счёт. Чтобы сменить счёт, пришлите решение move.'
        when 'waiting' then 'Платёж ещё ждёт среди невыясненных. Пришлите решение assign.'
        when 'unknown_account' then 'Счёт, на который переносится платёж, не известен. Проверьте номер счёта.'
        when 'nothing_changes' then 'Решение ничего не меняет: у платежа уже этот счёт и месяц.'
    end as message,
    facts.decided_by,
    facts.comment,
    decisions.source_file_id,
    decisions.source_line
from ledger.payment_decision as decisions
inner join intake.payment_decision_fact as facts
    on facts.source_file_id = decisions.source_file_id and facts.source_line = decisions.source_line
where decisions.decision is not null
