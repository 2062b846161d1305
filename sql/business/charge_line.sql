-- One row per line posted to a contract (строка начисления): a charge of its own month, or the difference a closed month turned out to need.
-- grain:    contract_number, point_code, service_period, posting_period, component, zone, basis
-- kind:     journal
-- rewrites: posting_period > (select sealed_period from business.bounds)
-- law:      decision 2: posted at a closing = target from the facts known by its cutoff − what earlier closings posted for the same line;
--           a closed posting is never edited (decision 3)
-- money:    differences of rounded targets, never rounded again
create table if not exists business.charge_line (
    contract_number varchar not null,
    point_code varchar,                    -- null: deviations from a plan of the whole contract
    posting_period date not null,          -- the month it is posted in
    service_period date not null,          -- the month it pays for
    component component not null,
    zone zone not null,
    basis volume_basis not null,
    kwh bigint not null,
    kw decimal(15, 3),                     -- power, of components paid by power
    price decimal(18, 5),                  -- rub/MWh (rub/MW a month) net of VAT, as of the target; of hours, their mean
    amount_kopecks bigint not null,        -- net of VAT
    vat_pct integer not null,
    vat_kopecks bigint not null,
    line_kind line_kind not null,          -- charge: the first the contract is charged for that month
    rules_version varchar not null
);

with posted as (
    select
        contract_number,
        point_code,
        service_period,
        component,
        zone,
        basis,
        sum(kwh)::bigint as kwh,
        sum(kw) as kw,
        max_by(price, posting_period) as price,
        sum(amount_kopecks)::bigint as amount_kopecks,
        vat_pct,
        sum(vat_kopecks)::bigint as vat_kopecks
    from closed.charge_line
    group by all
),

-- What each evaluation finds posted: the target of the one before it, and before the first what earlier runs have closed.
taken_back as (
    select posted.*, evaluations.closing
    from posted
    inner join business_step.evaluation as evaluations using (contract_number, service_period)
    where evaluations.is_first
    union all by name
    select targets.* replace (evaluations.next_closing as closing)
    from business_step.target_line as targets
    inner join business_step.evaluation as evaluations using (contract_number, service_period, closing)
    where evaluations.next_closing is not null
),

moved as (
    select *, true as is_in_target from business_step.target_line
    union all by name
    select
        * replace (-kwh as kwh, -kw as kw, -amount_kopecks as amount_kopecks, -vat_kopecks as vat_kopecks),
        false as is_in_target
    from taken_back
),

charged_before as (
    select distinct contract_number, service_period, closing from taken_back
),

differences as (
    select
        contract_number,
        point_code,
        service_period,
        closing,
        component,
        zone,
        basis,
        sum(kwh)::bigint as kwh,
        sum(kw)::decimal(15, 3) as kw,
        coalesce(max(price) filter (where is_in_target), max(price)) as price,
        sum(amount_kopecks)::bigint as amount_kopecks,
        vat_pct,
        sum(vat_kopecks)::bigint as vat_kopecks,
        bool_or(is_in_target) as is_in_target
    from moved
    group by contract_number, point_code, service_period, closing, component, zone, basis, vat_pct
    having sum(kwh) <> 0 or coalesce(sum(kw), 0) <> 0 or sum(amount_kopecks) <> 0 or sum(vat_kopecks) <> 0
)

select
    differences.contract_number,
    differences.point_code,
    differences.closing as posting_period,
    differences.service_period,
    differences.component,
    differences.zone,
    differences.basis,
    differences.kwh,
    differences.kw,
    differences.price,
    differences.amount_kopecks,
    differences.vat_pct,
    differences.vat_kopecks,
    case
        when before.contract_number is null then 'charge'
        when differences.is_in_target then 'correction'
        else 'storno'
    end::line_kind as line_kind,
    getvariable('rules_version') as rules_version
from differences
left join charged_before as before using (contract_number, service_period, closing)
order by differences.contract_number, posting_period, differences.service_period, differences.point_code, differences.component
