"""Marsad (مرصد): a sourced record of conflict events from Arabic and English reports, signals, forecasts and bilingual briefs."""

__version__ = "0.1.0"
