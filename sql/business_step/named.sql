-- One row per document and contract that its words or its payer's INN lead to, with the first month that knew both.
-- grain: source_file_id, source_line, contract_number
-- kind:  step
with contracts as (
    select
        contract_number,
        inn,
        translate(lower(contract_number), 'abcehkmoptxy', 'авсенкмортху') as written,
        min(known_period) as known_period
    from intake.contract_fact
    group by contract_number, inn
),

led as (
    select
        documents.source_file_id,
        documents.source_line,
        contracts.contract_number,
        contracts.known_period,
        true as is_own,
        contracts.written = documents.named_contract
        -- A number that no pattern found, standing by itself; one that might as well be a day or a year says nothing.
        or (
            length(contracts.written) > 3
            and not regexp_full_match(contracts.written, '20[0-9]{2}')
            and list_contains(
                string_split_regex(
                    translate(lower(documents.purpose), 'abcehkmoptxy', 'авсенкмортху'), '[^0-9a-zа-яё/_-]+'
                ),
                contracts.written
            )
        ) as is_named
    from business_step.document as documents
    inner join contracts on contracts.inn = documents.inn
    union all
    select
        documents.source_file_id,
        documents.source_line,
        contracts.contract_number,
        contracts.known_period,
        false as is_own,
        true as is_named
    from business_step.document as documents
    inner join contracts on contracts.written = documents.named_contract
    where contracts.inn is distinct from documents.inn
)

select
    led.source_file_id,
    led.source_line,
    led.contract_number,
    greatest(min(led.known_period), documents.known_period) as known_period,
    bool_or(led.is_own) as is_own,
    bool_or(led.is_named) as is_named
from led
inner join business_step.document as documents
    on documents.source_file_id = led.source_file_id and documents.source_line = led.source_line
group by led.source_file_id, led.source_line, led.contract_number, documents.known_period
