-- One row per registry of payments that a transfer of its agent pays.
-- grain: source_file_id
-- kind:  step
-- A registry that was only sent again, or an empty one, is paid by nothing.
select
    facts.source_file_id,
    facts.agent,
    facts.registry_number,
    facts.payments,
    facts.amount_kopecks,
    facts.transferred_kopecks,
    facts.order_number,
    coalesce(facts.ordered_on, timezone('Europe/Moscow', facts.known_at)::date) as handed_on
from intake.registry_fact as facts
inner join intake.source_file as files on files.source_file_id = facts.source_file_id
where facts.transferred_kopecks > 0 and files.rows_duplicate < files.rows_received
