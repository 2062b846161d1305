-- One row: who the account is now. Who held it before is nobody else's business.
-- params: $account
select
    account_number, holder_name, district, address, settlement, stove, heating, rooms, dwelling, area_m2, category, persons, valid_from
from account
where account_number = $account
qualify row_number() over (order by valid_from desc) = 1
