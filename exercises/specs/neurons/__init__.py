"""The exercises of the chapter on neurons, by topic."""
