"""Scripts that derive data, pictures and pages; run by hand, checked by tests."""
