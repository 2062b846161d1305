"""What a business tells of its energy: registers of meters, planned hours, messages of its metering system."""
