"""What a person means: pure functions from text to events, no file, no clock, no log."""
