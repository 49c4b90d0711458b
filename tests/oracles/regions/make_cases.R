# Random-effects means of R's metafor, for tests/oracles/test_regions_oracle.py: Rscript make_cases.R > expected.json
library(metafor)

number <- function(x) formatC(x, digits = 17, format = "g", width = 1)
list_of <- function(x) paste0("[", paste(number(x), collapse = ", "), "]")
case <- function(name, y, V, figures) {
  parts <- mapply(function(key, x) sprintf("\"%s\": %s", key, if (length(x) > 1) list_of(x) else number(x)),
                  names(figures), figures)
  sprintf("\"%s\": {\"values\": %s, \"covariance\": %s, %s}", name, list_of(y), list_of(c(V)), paste(parts, collapse = ", "))
}

independent <- function(name, y, v) {
  fit <- rma(y, v, method = "REML", test = "knha", control = list(threshold = 1e-12 * max(v), maxiter = 100000))
  foreseen <- predict(fit)
  case(name, y, diag(v), list(mean = c(fit$beta), se = fit$se, tau = sqrt(fit$tau2), low = fit$ci.lb, high = fit$ci.ub,
    p = fit$pval, next_low = foreseen$pi.lb, next_high = foreseen$pi.ub, q = fit$QE, q_p = fit$QEp))
}

# regions that share controls: the likelihood is metafor's, the variance of Hartung and Knapp by its formula
dependent <- function(name, y, V) {
  k <- length(y)
  fit <- rma.mv(y, V, random = ~ 1 | region, data = data.frame(region = 1:k), method = "REML",
                control = list(optimizer = "BFGS", reltol = 1e-15))
  W <- solve(V + fit$sigma2 * diag(k))
  mean <- sum(W %*% y) / sum(W)
  se <- sqrt(c(t(y - mean) %*% W %*% (y - mean)) / ((k - 1) * sum(W)))
  t <- qt(.975, k - 1)
  case(name, y, V, list(mean = mean, se = se, tau = sqrt(fit$sigma2), low = mean - t * se, high = mean + t * se,
    p = 2 * pt(-abs(mean / se), k - 1), next_low = mean - t * sqrt(fit$sigma2 + se^2),
    next_high = mean + t * sqrt(fit$sigma2 + se^2), q = fit$QE, q_p = fit$QEp))
}

set.seed(20261129)
V <- function(sd, r) { k <- length(sd); R <- matrix(r, k, k); diag(R) <- 1; R * outer(sd, sd) }
bcg <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
thirteen <- list(y = rnorm(13, .2, .3), sd = runif(13, .1, .5))
cases <- c(
  independent("bcg", c(bcg$yi), c(bcg$vi)),
  independent("thirteen_regions", thirteen$y, thirteen$sd^2),
  independent("alike", c(.21, .19, .22, .2, .18), c(.04, .05, .03, .06, .04)),
  independent("three", c(-1, .5, 4), c(.3, .2, .9)),
  independent("large_numbers", c(1000, 1300, 900, 1250), c(1e4, 2e4, 9e3, 4e4)),
  dependent("shared_controls", thirteen$y, V(thirteen$sd, .3)),
  dependent("much_shared", c(.1, .5, .3, .9), V(c(.1, .12, .09, .2), .7))
)
cat("{\n", paste(cases, collapse = ",\n"), "\n}\n", sep = "")
