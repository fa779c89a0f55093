"""The sections of a brief, one file each: what of the material becomes a sentence, with its evidence."""
