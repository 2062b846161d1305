-- One row per contract, point of supply and first month: how the point is supplied, as known now; `to_period` is the first month it is otherwise.
select * exclude (known_from, known_to) from business.supply_point where known_to = date '9999-12-31'
