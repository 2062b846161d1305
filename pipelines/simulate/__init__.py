"""An invented region, written as the channel files that a real one would send."""

from pipelines.simulate.real_use import simulate_real_use
from pipelines.simulate.region import simulate
from pipelines.simulate.writing import SimulationReport

__all__ = ["SimulationReport", "simulate", "simulate_real_use"]
