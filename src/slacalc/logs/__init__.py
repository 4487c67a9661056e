"""Other systems' files: which columns and activities of a log are which events."""
