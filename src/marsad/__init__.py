"""Marsad reads reports, keeps a sourced record of conflict events, and writes the brief. Start reading in `pipeline`."""

__version__ = "0.1.0"
