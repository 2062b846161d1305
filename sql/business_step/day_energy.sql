-- One row per point, day and spell of knowledge: energy of its hours in Wh, as known at the closings [known_from, known_to).
-- grain: point_code, day, known_from
-- kind:  step
-- The newest state is business.point_day, gaps filled; states before it, where messages of several closings speak of a day, are what
-- was measured.
with messages as (
    select days.*, files.closing
    from business.measured_day as days
    inner join business_step.known_file as files on files.source_file_id = days.source_file_id
),

told as (
    select point_code, day, min(closing) as first_closing, max(closing) as last_closing
    from messages
    group by point_code, day
),

repeated as (
    select messages.*
    from messages
    inner join told
        on told.point_code = messages.point_code and told.day = messages.day and told.first_closing < told.last_closing
),

epochs as (
    select
        point_code,
        day,
        closing as known_from,
        lead(closing) over (partition by point_code, day order by closing) as known_to
    from (select distinct point_code, day, closing from repeated)
),

-- As business.measured_day chooses: of a sender the largest number, of senders what came last.
of_senders as (
    select repeated.*, epochs.known_from, epochs.known_to
    from epochs
    inner join repeated
        on repeated.point_code = epochs.point_code and repeated.day = epochs.day and repeated.closing <= epochs.known_from
    where epochs.known_to is not null
    qualify row_number() over (
        partition by epochs.point_code, epochs.day, epochs.known_from, repeated.sender_inn
        order by repeated.message_number desc, repeated.known_at desc, repeated.source_file_id desc, repeated.source_line desc
    ) = 1
),

earlier as (
    select *
    from of_senders
    qualify row_number() over (
        partition by point_code, day, known_from order by known_at desc, source_file_id desc, source_line desc
    ) = 1
)

select
    days.point_code,
    days.day,
    days.wh,
    list_count(days.wh) - days.hours_filled as hours_measured,
    coalesce(told.last_closing, date '1900-01-01') as known_from,
    date '9999-12-31' as known_to
from business.point_day as days
left join told on told.point_code = days.point_code and told.day = days.day
union all
select point_code, day, wh, list_count(wh), known_from, known_to
from earlier
