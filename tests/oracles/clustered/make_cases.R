# Makes the data and the expected values of this folder: `Rscript make_cases.R` in this folder.
# Needs R >= 4.2 with clubSandwich, lme4, jsonlite.
suppressPackageStartupMessages({
  library(clubSandwich)
  library(lme4)
  library(jsonlite)
})
RNGkind("Mersenne-Twister", "Inversion", "Rejection")

# persons in households of 1-5; `icc` is of the outcome, weights differ within households unless by_household
simulate <- function(seed, households, icc, by_household = FALSE) {
  set.seed(seed)
  total <- sum(households)
  sizes <- sample(1:5, total, replace = TRUE, prob = c(.35, .3, .2, .1, .05))
  household <- rep(sample(1000, total), sizes)
  n <- length(household)
  group <- rep(rep(c(1, 0), households), sizes)
  age <- round(rnorm(n, 38, 11), 1)
  y <- 20 + 2 * group - .1 * age + 6 * (sqrt(icc) * rep(rnorm(total), sizes) + sqrt(1 - icc) * rnorm(n))
  weight <- if (by_household) rep(sample(c(.5, 1, 1.5), total, replace = TRUE), sizes) else runif(n, .2, 3)
  data.frame(household, group, age, weight = round(weight, 3), y = round(y, 2))[sample(n), ]
}

# members of a household differ more than persons of different households: the variance between them is at 0
opposed <- function(seed, households) {
  data <- simulate(seed, households, 0)
  data$y <- round(data$y - .8 * (ave(data$y, data$household) - mean(data$y)), 2)
  data
}

# matched sets of one person with 1-3 controls: the group differs within a cluster
matched_sets <- function(seed, sets) {
  set.seed(seed)
  controls <- sample(1:3, sets, replace = TRUE)
  household <- rep(seq_len(sets), controls + 1)
  group <- as.numeric(!duplicated(household))
  n <- length(household)
  age <- round(rnorm(n, 38, 11), 1)
  y <- 20 + 2 * group + rnorm(sets, 0, 3)[household] + rnorm(n, 0, 5)
  weight <- ifelse(group == 1, 1, rep(1 / controls, controls + 1) * sum(controls) / sets)
  data.frame(household, group, age, weight = round(weight, 3), y = round(y, 2))[sample(n), ]
}

cases <- list(
  h10_25_icc0 = simulate(41, c(10, 25), 0), h10_25_icc3 = simulate(42, c(10, 25), .3),
  h5_12_icc0 = simulate(43, c(5, 12), 0), h5_12_icc3 = simulate(44, c(5, 12), .3, by_household = TRUE),
  h10_25_boundary = opposed(45, c(10, 25)), matched_sets = matched_sets(46, 18))
formulas <- list(plain = y ~ group, covariate = y ~ group + age)

coefficients <- function(value, se, df) {
  half <- qt(.975, df) * se
  data.frame(value, se, df, t = value / se, p = 2 * pt(-abs(value / se), df), low = value - half, high = value + half)
}

cluster_robust <- function(formula, data, weighted) {
  fit <- if (weighted) lm(formula, data, weights = weight) else lm(formula, data)
  variance <- vcovCR(fit, cluster = data$household, type = "CR2")
  test <- coef_test(fit, variance, test = "Satterthwaite")
  out <- coefficients(test$beta, test$SE, test$df_Satt)
  limits <- conf_int(fit, variance, level = .95, test = "Satterthwaite")
  stopifnot(all.equal(test$p_Satt, out$p), all.equal(limits$CI_L, out$low), all.equal(limits$CI_U, out$high))
  other <- vcovCR(fit, cluster = data$household, type = "CR2", inverse_var = weighted)
  wrong <- list(se_least_squares = unname(sqrt(diag(vcov(fit)))),
                se_cr1 = unname(sqrt(diag(vcovCR(fit, cluster = data$household, type = "CR1")))))
  if (weighted) wrong$se_inverse_variance_weights <- unname(sqrt(diag(other)))
  list(coefficients = out, must_not_equal = wrong)
}

# lmer stops at about 1e-7 of theta: its own deviance function is followed to where its slope is 0
mixed <- function(formula, data) {
  formula <- update(formula, . ~ . + (1 | household))
  fit <- suppressMessages(lmer(formula, data, REML = TRUE))
  parts <- lFormula(formula, data, REML = TRUE)
  deviance <- do.call(mkLmerDevfun, parts)
  theta <- getME(fit, "theta")
  if (!isSingular(fit)) {
    slope <- function(x) {
      (8 * (deviance(x + .001) - deviance(x - .001)) - deviance(x + .002) + deviance(x - .002)) / .012
    }
    theta <- uniroot(slope, theta + c(-.03, .03), tol = 1e-13)$root
  }
  best <- mkMerMod(environment(deviance), list(par = theta, fval = deviance(theta), conv = 0), parts$reTrms, parts$fr)
  se <- function(model) unname(sqrt(diag(as.matrix(vcov(model)))))
  stopifnot(all.equal(fixef(fit), fixef(best), tolerance = 1e-6), all.equal(se(fit), se(best), tolerance = 1e-6))
  df <- length(unique(data$household)) - length(fixef(best))
  list(coefficients = coefficients(unname(fixef(best)), se(best), df), singular = isSingular(fit),
       theta = unname(theta),
       must_not_equal = list(se_maximum_likelihood = se(suppressMessages(refitML(fit)))))
}

means_of_households <- function(data) {
  means <- aggregate(cbind(y, group) ~ household, data, mean)
  test <- t.test(means$y[means$group == 1], means$y[means$group == 0])
  pooled <- t.test(means$y[means$group == 1], means$y[means$group == 0], var.equal = TRUE)
  list(value = unname(test$estimate[1] - test$estimate[2]), se = test$stderr, df = unname(test$parameter),
       t = unname(test$statistic), p = test$p.value, ci95 = as.numeric(test$conf.int),
       must_not_equal = list(se_pooled = pooled$stderr))
}

expected <- lapply(names(cases), function(name) {
  data <- cases[[name]]
  write.csv(data, paste0(name, ".csv"), row.names = FALSE)
  # group constant within households: their means, and a mixed model with (households - columns) degrees of freedom
  nested <- all(ave(data$group, data$household) %in% 0:1)
  c(list(n = nrow(data), households = length(unique(data$household)),
         cr2 = lapply(formulas, cluster_robust, data, FALSE),
         cr2_weighted = lapply(formulas, cluster_robust, data, TRUE),
         random_intercept = lapply(formulas, mixed, data)),
    if (nested) list(household_means = means_of_households(data)))
})
packages <- c("clubSandwich", "lme4", "Matrix")
write_json(
  list(cases = setNames(expected, names(cases)),
       versions = c(list(R = as.character(getRversion())),
                    lapply(setNames(packages, packages), function(p) as.character(packageVersion(p))))),
  "expected.json", auto_unbox = TRUE, digits = 15, pretty = TRUE, dataframe = "columns")
