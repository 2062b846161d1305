-- One row per point and closing whose registers are asked for: by a bill of its month, or for what hours a large point lacks.
-- grain: point_code, closing
-- kind:  step
select point_code, closing from business_step.point_month
union
select point_code, closing from business_step.large_month
