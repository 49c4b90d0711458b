"""Multiple imputation of covariates, as a sensitivity analysis: imputed, matched each time, and pooled."""
