-- The closed sets of codes, once. Order matters where it is used: `zone` breaks ties of a split in this order (decision 11).
-- What each code means, in two languages, stands in pipelines/vocabulary.py; a test keeps the two equal.
create schema if not exists reference;
create schema if not exists intake;
create schema if not exists replay;
create schema if not exists closed;     -- a view for every journal: its rows of closed months, which no run touches
create schema if not exists metering;
create schema if not exists ledger;
create schema if not exists business;
create schema if not exists marts;

create type if not exists channel as enum (
    'customers', 'cabinet', 'mobile', 'site', 'office', 'phone', 'controller', 'smart_meter', 'bank', 'card', 'post', 'cash',
    'specialist', 'contracts', 'askue', 'plans', 'market', 'bank_statement'
);
create type if not exists zone_plan as enum ('one_rate', 'two_zone', 'three_zone');
create type if not exists zone as enum ('peak', 'half_peak', 'day', 'night', 'all');
create type if not exists settlement as enum ('urban', 'rural');
create type if not exists stove as enum ('gas', 'electric');
create type if not exists heating as enum ('none', 'electric');
create type if not exists category as enum ('urban', 'urban_electric', 'rural');
create type if not exists band as enum ('in_norm', 'above_norm', 'band1', 'band2', 'band3');
create type if not exists verdict as enum ('accepted', 'rejected', 'held');
create type if not exists line_kind as enum ('charge', 'storno', 'correction');
create type if not exists dwelling as enum ('flat', 'house');
create type if not exists management as enum ('direct', 'managed');
create type if not exists basis as enum (
    'reading', 'average', 'normative', 'house_need', 'house_need_average', 'house_need_normative'
);
create type if not exists payment_status as enum ('posted', 'suspense', 'reversal');
create type if not exists condition_reason as enum (
    'meter_failed', 'access_refused', 'two_refusals', 'interference', 'no_meter_impossible', 'absent', 'large_family', 'exempt'
);
create type if not exists reading_decision as enum ('accept', 'correct', 'reject');
create type if not exists payment_decision as enum ('assign', 'move', 'reverse', 'name_period');
create type if not exists debt_age as enum (
    'not_due', 'days_30', 'days_60', 'days_90', 'days_180', 'days_365', 'years_3', 'older'
);
create type if not exists debt_kind as enum ('opening', 'bill');
create type if not exists posting_kind as enum ('opening', 'charge', 'correction', 'penalty', 'payment');
create type if not exists customer_kind as enum ('general', 'uk', 'tszh', 'heat_water');
create type if not exists payment_schedule as enum ('thirds', 'single', 'halves');
create type if not exists voltage as enum ('vn', 'sn1', 'sn2', 'nn');
create type if not exists power_group as enum ('up_to_670', 'to_10_mw', 'over_10_mw');
create type if not exists network_variant as enum ('one_rate', 'two_rate');
create type if not exists component as enum (
    'energy', 'capacity', 'network', 'network_capacity', 'markup', 'other', 'deviation_up', 'deviation_down', 'deviation_a',
    'deviation_b'
);
create type if not exists volume_basis as enum ('hours', 'register', 'last_year', 'last_known', 'max_power', 'act');
create type if not exists energy_node as enum ('measuring_point', 'account_point', 'delivery_point', 'delivery_group', 'flow');
create type if not exists hour_basis as enum ('measured', 'last_year', 'register', 'max_power', 'unknown');
create type if not exists price_version as enum ('preliminary', 'final');
create type if not exists bank_direction as enum ('incoming', 'outgoing', 'internal', 'unknown');
create type if not exists receipt_rule as enum (
    'contract_and_inn', 'invoice_and_inn', 'contract_of_another', 'inn', 'account', 'amount', 'decision'
);
create type if not exists receipt_reason as enum (
    'unknown_direction', 'says_refund', 'unknown_contract', 'unknown_payer', 'names_another', 'several_contracts'
);
create type if not exists transfer_rule as enum ('order', 'number', 'sum', 'number_alone');
create type if not exists registry_status as enum ('matched', 'differs', 'no_transfer', 'no_statement', 'no_registry');
create type if not exists receipt_status as enum ('credited', 'suspense', 'registry', 'foreign');
create type if not exists receipt_decision as enum ('assign', 'dismiss');
create type if not exists document_kind as enum (
    'invoice', 'advance_invoice', 'act', 'tax_invoice', 'correction', 'volumes', 'reconciliation', 'penalty_invoice'
);
create type if not exists value_status as enum ('quoted', 'derived', 'carried', 'inferred', 'forecast', 'assumed');

-- What a sum that stood for so many days costs: sum × days × rate ÷ divisor, half a kopeck up, of households and businesses alike.
create or replace macro penalty_kopecks(base_kopecks, days, rate_pct, fraction_divisor) as (
    (base_kopecks::hugeint * days * (rate_pct * 100)::integer * 2 + 10000 * fraction_divisor) // (20000 * fraction_divisor)
)::bigint;

-- What the last so many months billed, of all that was billed through the place-th month of an account. `before_kopecks` is what was
-- billed before them, null where the account had no such month. What it brought along was billed the month before its first.
create or replace macro billed_in_last(months, billed_kopecks, before_kopecks, place, brought_kopecks) as
    billed_kopecks - coalesce(before_kopecks, case when place < months then -brought_kopecks else 0 end);

-- The rows of a table of data/reference as they are written. Its dialect is told, for DuckDB takes four times as long to find it out.
create or replace macro reference_rows(name) as table
    select *
    from read_csv(
        getvariable('reference') || '/' || name || '.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
    );
