-- One row per point, day and spell of knowledge: energy of its hours in Wh, as known at the closings [known_from, known_to).
-- grain: point_code, day, known_from
-- kind:  step
-- The newest state is business.point_day; states before it, where messages of several closings speak of a day, are what was measured.
with messages as (
    select facts.point_code, facts.day, files.closing, facts.known_at, facts.source_file_id, facts.source_line
    from intake.energy_day_fact as facts
    inner join business_step.known_file as files on files.source_file_id = facts.source_file_id
    where facts.channel_code = '01'
),

told as (
    select point_code, day, min(closing) as first_closing, max(closing) as last_closing
    from messages
    group by point_code, day
),

latest as (
    select messages.*
    from messages
    inner join told
        on told.point_code = messages.point_code and told.day = messages.day and told.first_closing < told.last_closing
    qualify row_number() over (
        partition by messages.point_code, messages.day, messages.closing
        order by messages.known_at desc, messages.source_file_id desc, messages.source_line desc
    ) = 1
),

earlier as (
    select
        *,
        closing as known_from,
        lead(closing) over (partition by point_code, day order by closing) as known_to
    from latest
)

select days.point_code, days.day, days.wh, coalesce(told.last_closing, date '1900-01-01') as known_from, date '9999-12-31' as known_to
from business.point_day as days
left join told on told.point_code = days.point_code and told.day = days.day
union all
select earlier.point_code, earlier.day, facts.wh, earlier.known_from, earlier.known_to
from earlier
inner join intake.energy_day_fact as facts
    on facts.source_file_id = earlier.source_file_id and facts.source_line = earlier.source_line
where earlier.known_to is not null
