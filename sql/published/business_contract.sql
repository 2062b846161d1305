-- One row per contract and first day: how the contract is, as known now; `valid_until` is the first day it is otherwise.
select * exclude (known_from, known_to) from business.contract where known_to = date '9999-12-31'
