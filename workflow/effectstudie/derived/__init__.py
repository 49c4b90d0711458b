"""The codebook: every derived variable with its formula."""
