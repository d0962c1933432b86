"""The statistics as one page that needs nothing but itself: no script, no network."""
