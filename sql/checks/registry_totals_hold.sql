-- Every accepted registry holds as many payments, and as many kopecks, as its own footer says.
-- asset:    intake.source_file
-- severity: error
select source_file_id, name, control_rows, rows_received, control_kopecks, received_kopecks
from intake.source_file
where
    status = 'accepted'
    and control_rows is not null
    and (control_rows <> rows_received or control_kopecks is distinct from received_kopecks)
