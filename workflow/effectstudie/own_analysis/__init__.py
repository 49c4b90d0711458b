"""What analysts work on with SPSS, R or Excel: a row a person or household, with its codebook. Confidential."""
