-- One row per point and day: energy of its hours in Wh, measured or filled, and on what each rests.
select point_code, day, wh, basis, hours_filled, hours_unknown from business.point_day
