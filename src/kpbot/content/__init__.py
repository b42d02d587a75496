"""Content: loaded strictly, checked as a whole, every complaint with file and line."""
