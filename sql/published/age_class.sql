-- One row per class of age of a debt: days past its due date, both ends in; class 0 is not due yet, null means without end.
select *
from (values (0, null, 0), (1, 1, 30), (2, 31, 60), (3, 61, 90), (4, 91, 180), (5, 181, 365), (6, 366, 1095), (7, 1096, null))
    as ages (age, from_days, to_days)
