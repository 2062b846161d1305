-- One row per evaluation and silent register: the use of an average month while it may be charged, kWh; null: no longer, or never.
-- grain: register_key, service_period, closing
-- kind:  step
-- law:   ПП РФ 354 п. 59, 60: the average for so many periods, then the normative
select
    silence.account_number,
    silence.register_key,
    silence.service_period,
    silence.closing,
    silence.zone_plan,
    averages.average_kwh
from rating.silence as silence
left join rating.average as averages
    on averages.register_key = silence.register_key
    and averages.last_period = silence.last_period
    and averages.average_closing = silence.average_closing
    and silence.is_average_in_time
