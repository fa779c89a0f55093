def attributed(note, made): return made
