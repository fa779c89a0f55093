"""What pages show, as plain data: pure functions from what the store holds to dicts that a template draws and `.json` sends."""
