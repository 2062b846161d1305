-- One row per line posted to a contract; `point_code` null: deviations from a plan of the whole contract.
select * from business.charge_line
