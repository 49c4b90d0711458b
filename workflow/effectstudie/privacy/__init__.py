"""Nobody may be named: columns that name people are refused, ids become pseudonyms, texts are searched."""
