"""Messages of metering systems (АСКУЭ): energy by half-hours and hours, макеты 80020 and 80040."""
