-- One row per registry of payments and the document of a bank statement that pays it (перевод по реестру).
-- grain: registry_file_id
-- kind:  step
-- law:   an agent transfers what it took less its commission in one sum (FORMATS 2.3, 3.2)
-- A pair is made only where each fits the other alone; the better evidence first: number of the order and sum, number of the registry and
-- sum, sum and days, number of the registry with another sum.
-- Money that is a contract's is no registry's.
with transfers as (
    select
        documents.source_file_id,
        documents.source_line,
        documents.number,
        documents.paid_on,
        documents.amount_kopecks,
        documents.says_registry,
        regexp_extract(lower(documents.purpose), getvariable('purpose_registry_number'), 1) as named_registry
    from business_step.document as documents
    left join business_step.match as contracts
        on contracts.source_file_id = documents.source_file_id and contracts.source_line = documents.source_line
    where documents.direction = 'incoming' and not documents.says_refund and contracts.rule is null
),

near as (
    select
        registries.source_file_id as registry_file_id,
        transfers.source_file_id,
        transfers.source_line,
        transfers.says_registry,
        -- Banks write numbers of orders with zeros before them, or without.
        ltrim(transfers.number, '0') = ltrim(registries.order_number, '0') as is_ordered,
        transfers.named_registry = registries.registry_number as is_named,
        transfers.amount_kopecks = registries.transferred_kopecks as is_equal
    from business_step.registry as registries
    inner join reference.registry_rule as rules
        on rules.valid_from <= registries.handed_on and registries.handed_on < rules.valid_to
    inner join transfers
        on transfers.paid_on between registries.handed_on - rules.days_most and registries.handed_on + rules.days_most
),

offers as (
    select
        registry_file_id,
        source_file_id,
        source_line,
        case
            when is_ordered and is_equal then 'order'
            when is_named and is_equal then 'number'
            when says_registry and is_equal then 'sum'
            when says_registry and is_named then 'number_alone'
        end::transfer_rule as rule
    from near
),

by_order as (
    select *
    from offers
    where rule = 'order'
    qualify
        count(*) over (partition by registry_file_id) = 1
        and count(*) over (partition by source_file_id, source_line) = 1
),

by_number as (
    select *
    from offers
    anti join by_order on by_order.registry_file_id = offers.registry_file_id
    anti join by_order as taken on taken.source_file_id = offers.source_file_id and taken.source_line = offers.source_line
    where rule = 'number'
    qualify
        count(*) over (partition by registry_file_id) = 1
        and count(*) over (partition by source_file_id, source_line) = 1
),

certain as (
    select * from by_order
    union all
    select * from by_number
),

by_sum as (
    select *
    from offers
    anti join certain on certain.registry_file_id = offers.registry_file_id
    anti join certain as taken on taken.source_file_id = offers.source_file_id and taken.source_line = offers.source_line
    where rule in ('order', 'number', 'sum')
    qualify
        count(*) over (partition by registry_file_id) = 1
        and count(*) over (partition by source_file_id, source_line) = 1
),

equal as (
    select * from certain
    union all
    select * from by_sum
),

by_number_alone as (
    select *
    from offers
    anti join equal on equal.registry_file_id = offers.registry_file_id
    anti join equal as taken on taken.source_file_id = offers.source_file_id and taken.source_line = offers.source_line
    where rule = 'number_alone'
    qualify
        count(*) over (partition by registry_file_id) = 1
        and count(*) over (partition by source_file_id, source_line) = 1
)

select registry_file_id, source_file_id, source_line, rule
from (select * from equal union all select * from by_number_alone)
