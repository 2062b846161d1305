-- One row per document of a bank statement: what the words of its purpose name (назначение платежа).
-- grain:    source_file_id, source_line
-- kind:     journal
-- rewrites: known_period > (select sealed_period from replay.bounds)
create table if not exists business.purpose (
    named_contract varchar,                -- as it is compared: small letters, Latin ones that look like Cyrillic as these
    named_invoice varchar,
    named_period date,                     -- null: none, or several
    says_refund boolean not null,
    says_registry boolean not null,        -- the sum of a registry of payments of households
    known_period date not null,
    source_file_id integer not null,
    source_line bigint not null
);

with texts as (
    select
        source_file_id,
        source_line,
        known_period,
        drawn_on,
        -- Twice each: what ends one month may begin the next.
        regexp_replace(lower(purpose), '([ ,;()+])', '\1\1', 'g') as words
    from intake.bank_document_fact
    where
        known_period > (select sealed_period from replay.bounds)
        and direction <> 'internal'
),

found as (
    select
        *,
        regexp_extract(words, getvariable('purpose_contract')) as contract_words,
        regexp_extract(words, getvariable('purpose_invoice')) as invoice_words,
        regexp_extract_all(words, getvariable('purpose_period')) as period_words,
        regexp_matches(words, getvariable('purpose_refund')) as says_refund,
        regexp_matches(words, getvariable('purpose_registry')) as says_registry
    from texts
),

months as (
    select
        source_file_id,
        source_line,
        drawn_on,
        unnest(period_words) as period_words
    from found
),

worded as (
    select
        months.source_file_id,
        months.source_line,
        months.drawn_on,
        months.period_words,
        arg_max(rules.month, length(rules.stem)) as worded_month
    from months
    left join reference.purpose_rule as rules on rules.month is not null and contains(months.period_words, rules.stem)
    group by months.source_file_id, months.source_line, months.drawn_on, months.period_words
),

periods as (
    select
        source_file_id,
        source_line,
        drawn_on,
        try_cast(regexp_extract(period_words, '20[0-9]{2}') as integer) as named_year,
        coalesce(
            worded_month,
            try_cast(regexp_extract(period_words, '(?:^|[^0-9])(0[1-9]|1[0-2])(?:[^0-9]|$)', 1) as integer)
        ) as named_month
    from worded
),

-- A month without its year is the one nearest to the document: at most ten months back or one ahead.
dated as (
    select
        source_file_id,
        source_line,
        case
            when named_year is not null then make_date(named_year, named_month, 1)
            when make_date(year(drawn_on), named_month, 1) > drawn_on + interval 1 month
                then make_date(year(drawn_on) - 1, named_month, 1)
            when make_date(year(drawn_on), named_month, 1) < date_trunc('month', drawn_on) - interval 10 month
                then make_date(year(drawn_on) + 1, named_month, 1)
            else make_date(year(drawn_on), named_month, 1)
        end as period
    from periods
),

named as (
    select
        source_file_id,
        source_line,
        case when count(distinct period) = 1 then min(period) end as named_period
    from dated
    group by source_file_id, source_line
)

select
    nullif(
        translate(regexp_extract(found.contract_words, '[0-9a-zа-яё/_-]+$'), 'abcehkmoptxy', 'авсенкмортху'), ''
    ) as named_contract,
    nullif(
        translate(regexp_extract(found.invoice_words, '[0-9a-zа-яё/_-]+$'), 'abcehkmoptxy', 'авсенкмортху'), ''
    ) as named_invoice,
    named.named_period,
    found.says_refund,
    found.says_registry,
    found.known_period,
    found.source_file_id,
    found.source_line
from found
left join named on named.source_file_id = found.source_file_id and named.source_line = found.source_line
