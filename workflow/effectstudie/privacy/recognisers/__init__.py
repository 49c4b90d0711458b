"""What of one kind a text holds: a module a kind. Patterns and lists, and no model that has to be fetched."""
