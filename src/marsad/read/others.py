def statements(report, note, found, country): return []
