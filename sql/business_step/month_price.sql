-- One row per month and spell of knowledge: the prices of the month that are not hourly, as known at the closings [known_from, known_to).
-- grain: service_period, known_from
-- kind:  step
-- law:   final prices win over preliminary ones, then what came last; α = max(0, Pgp − Pret − ΣP(ЦК2–6) − P_nas) ÷ (Egp − Eret −
--        ΣE(ЦК2–6) − E_nas), and 0 where the denominator is not above 0 (ПП РФ 442 п. 88 ff., RULES.md 10), to 12 decimals
with facts as (
    select facts.*, files.closing
    from intake.market_month_fact as facts
    inner join business_step.known_file as files on files.source_file_id = facts.source_file_id
),

epochs as (
    select
        period,
        closing as known_from,
        lead(closing, 1, date '9999-12-31') over (partition by period order by closing) as known_to
    from (select distinct period, closing from facts)
),

latest as (
    select facts.*, epochs.known_from, epochs.known_to
    from epochs
    inner join facts on facts.period = epochs.period and facts.closing <= epochs.known_from
    qualify row_number() over (
        partition by epochs.period, epochs.known_from
        order by facts.version = 'final' desc, facts.known_at desc, facts.source_file_id desc
    ) = 1
),

-- Thousandths of MW and MWh: whole numbers, so that the quotient is exact to its last decimal.
balanced as (
    select
        *,
        greatest(0, (alpha_pgp - alpha_pret - alpha_pcat - alpha_pnas) * 1000)::hugeint as power,
        ((alpha_egp - alpha_eret - alpha_ecat - alpha_enas) * 1000)::hugeint as energy
    from latest
),

weighed as (
    select
        *,
        case when energy > 0 then (power * 2000000000000 + energy) // (2 * energy) else 0 end as alpha_e12,
        (capacity_price * 100000)::bigint as capacity_e5
    from balanced
)

select
    period as service_period,
    known_from,
    known_to,
    version,
    (average_price * 100000)::bigint as average_e5,
    capacity_e5,
    (alpha_e12 / 1000000000000::decimal(13, 0))::decimal(18, 12) as alpha,
    ((alpha_e12 * capacity_e5 + 500000000000) // 1000000000000)::bigint as alpha_capacity_e5,
    (infrastructure * 100000)::bigint as other_e5,
    (a_rate * 100000)::bigint as a_e5,
    (b_rate * 100000)::bigint as b_e5,
    zone_prices,
    markups,
    peak_hours,
    planned_hours
from weighed
