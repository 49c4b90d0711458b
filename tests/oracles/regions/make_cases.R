# Random-effects means of R's metafor, for tests/oracles/test_regions_oracle.py: Rscript make_cases.R > expected.json
# Beside it shared_households.csv, two studies that share controls, with the covariance of clubSandwich for both at once.
suppressPackageStartupMessages({
  library(metafor)
  library(clubSandwich)
})

number <- function(x) formatC(x, digits = 17, format = "g", width = 1)
list_of <- function(x) paste0("[", paste(number(x), collapse = ", "), "]")
case <- function(name, y, V, figures) {
  parts <- mapply(function(key, x) sprintf("\"%s\": %s", key, if (length(x) > 1) list_of(x) else number(x)),
                  names(figures), figures)
  sprintf("\"%s\": {\"values\": %s, \"covariance\": %s, %s}", name, list_of(y), list_of(c(V)), paste(parts, collapse = ", "))
}

independent <- function(name, y, v, test = "knha") {
  fit <- rma(y, v, method = "REML", test = test, control = list(threshold = 1e-12 * max(v), maxiter = 100000))
  foreseen <- predict(fit)
  case(name, y, diag(v), list(mean = c(fit$beta), se = fit$se, tau = sqrt(fit$tau2), low = fit$ci.lb, high = fit$ci.ub,
    p = fit$pval, next_low = foreseen$pi.lb, next_high = foreseen$pi.ub, q = fit$QE, q_p = fit$QEp,
    guarded = as.integer(test == "adhoc")))
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
    next_high = mean + t * sqrt(fit$sigma2 + se^2), q = fit$QE, q_p = fit$QEp, guarded = 0))
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
  independent("alike_guarded", c(.21, .19, .22, .2, .18), c(.04, .05, .03, .06, .04), "adhoc"),
  independent("three_alike_guarded", c(-3.18, -3.16, -3.2), c(8, 9, 7), "adhoc"),
  independent("unlike_guarded", c(-1, .5, 4), c(.3, .2, .9), "adhoc"),
  dependent("shared_controls", thirteen$y, V(thirteen$sd, .3)),
  dependent("much_shared", c(.1, .5, .3, .9), V(c(.1, .12, .09, .2), .7))
)
# persons in households of 1-3; 12 and 10 of the approaches, 20 controls each of which 9 serve both studies
of_study <- function(study, approach, control) {
  households <- c(approach, control)
  sizes <- 1 + households %% 3
  data.frame(study, household = rep(households, sizes), group = rep(as.numeric(households < 100), sizes))
}
set.seed(20261130)
both <- rbind(of_study("a", 1:12, 101:120), of_study("b", 21:30, 112:131))
effect_of <- rnorm(140, 0, 3)
both$age <- round(30 + 10 * ((both$household * 7) %% 11) / 10 + rnorm(nrow(both)), 1)
both$weight <- ifelse(both$group == 1, 1, round(runif(nrow(both), .5, 2), 2))
both$y <- round(5 + 2 * both$group - .1 * both$age + effect_of[both$household] + rnorm(nrow(both)), 2)
write.csv(both, "shared_households.csv", row.names = FALSE)
fit <- lm(y ~ 0 + study + study:group + study:age, data = both, weights = weight)
V2 <- as.matrix(vcovCR(fit, cluster = both$household, type = "CR2"))[c("studya:group", "studyb:group"), ][, c("studya:group", "studyb:group")]
cases <- c(cases, sprintf("\"shared_households\": {\"covariance\": %s}", list_of(c(V2))))
cat("{\n", paste(cases, collapse = ",\n"), "\n}\n", sep = "")
