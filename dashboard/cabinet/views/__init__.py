"""The pages of the cabinet; each is given what its visitor owns and reaches nothing else."""
