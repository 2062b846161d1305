"""Payment by card and through СБП: begun here, paid at a provider, confirmed by its signed notice."""
