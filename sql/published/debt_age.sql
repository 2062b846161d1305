-- One row per district, month and age: what accounts owed at its end, by how long that is overdue.
select * from marts.debt_age
