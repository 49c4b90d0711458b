"""Names and codes that are not those of the codebook: recodes, the lines that mend a column, and drafts."""
