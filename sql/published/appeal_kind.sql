-- Reference: appeal_kind, as used by the run.
select * from reference.appeal_kind
