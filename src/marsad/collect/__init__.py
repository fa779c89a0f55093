"""Files and folders -> reports. What cannot be read is rejected whole, with the reason, and the others go in."""

from marsad.collect.canonical import canonical, detect_lang, report_id
from marsad.collect.entry import TEXT_LIMIT
from marsad.collect.paths import SUFFIXES, collect_paths

__all__ = ["SUFFIXES", "TEXT_LIMIT", "canonical", "collect_paths", "detect_lang", "report_id"]
