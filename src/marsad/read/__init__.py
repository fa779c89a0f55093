"""Report -> Statements."""
