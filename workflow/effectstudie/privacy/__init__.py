"""Nobody may be named: what names people is found in any text and refused until a person clears it, ids become
pseudonyms."""
