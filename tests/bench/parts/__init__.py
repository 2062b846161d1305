"""One module a part: a docstring whose first line says what is measured, and `run(bench)`. Nothing else is to be registered."""
