"""Language without Marsad's nouns: folding, tokens, sentences, numerals, dates. All pure; offsets are exact."""
