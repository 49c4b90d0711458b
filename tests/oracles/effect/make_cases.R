# Makes the data and the expected values of this folder: `Rscript make_cases.R` in this folder.
# Needs R >= 4.2 with clubSandwich, nlme, mice, jsonlite.
suppressPackageStartupMessages({
  library(clubSandwich)
  library(nlme)
  library(mice)
  library(jsonlite)
})
RNGkind("Mersenne-Twister", "Inversion", "Rejection")

# sets of an approach household and 1-2 controls, 1-3 persons each; with `everyone`, weights that differ in both groups
matched_sets <- function(seed, sets, covariates, everyone = FALSE) {
  set.seed(seed)
  controls <- sample(1:2, sets, replace = TRUE)
  set <- rep(seq_len(sets), controls + 1)
  treated <- as.numeric(!duplicated(set))
  weight <- ifelse(treated == 1, 1, sum(controls) / sets / rep(controls, controls + 1))
  people <- sample(1:3, length(set), replace = TRUE, prob = c(.5, .3, .2))
  of <- rep(seq_along(set), people)
  n <- length(of)
  x <- cbind(x1 = round(rnorm(n, 38 + 3 * treated[of], 11)), x2 = rbinom(length(set), 1, .4)[of],
             x3 = round(rnorm(length(set), 5, 2)[of], 1))[, seq_len(covariates), drop = FALSE]
  t0 <- round(rnorm(length(set), 6, 1)[of] + rnorm(n, 0, 1) + .5 * treated[of], 1)
  change <- .8 * treated[of] - .4 * (t0 - 6) * (1 + treated[of]) + rnorm(sets, 0, .6)[set[of]] + rnorm(n)
  if (covariates) change <- change + .04 * x[, "x1"]
  weight <- weight[of] * (if (everyone) runif(n, .5, 2) else 1)
  rows <- cbind(data.frame(set = set[of], household = of, treated = treated[of], weight = round(weight, 4), t0), x)
  cbind(rows, change = round(change, 2))[sample(n), ]
}

coefficient <- function(fit, variance, name) {
  test <- coef_test(fit, variance, test = "Satterthwaite")
  limits <- conf_int(fit, variance, level = .95, test = "Satterthwaite")
  at <- match(name, names(coef(fit)))
  list(value = test$beta[at], se = test$SE[at], df = test$df_Satt[at], t = test$tstat[at], p = test$p_Satt[at],
       low = limits$CI_L[at], high = limits$CI_U[at])
}

att <- function(data, by_group) {
  names <- setdiff(names(data), c("set", "household", "treated", "weight", "change"))
  model <- function(centre) {
    for (name in names) data[[name]] <- data[[name]] - centre(data[[name]])
    lm(reformulate(paste0("treated", if (by_group) "*" else "+", "(", paste(names, collapse = "+"), ")"), "change"),
       data, weights = weight)
  }
  fit <- model(function(x) weighted.mean(x[data$treated == 1], data$weight[data$treated == 1]))
  out <- coefficient(fit, vcovCR(fit, cluster = data$set, type = "CR2"), "treated")
  # the same by g-computation: predictions of a regression in each group, averaged over the treated
  if (by_group) {
    parts <- lapply(1:0, function(g) {
      predict(lm(reformulate(names, "change"), data, weights = weight, subset = treated == g), data[data$treated == 1, ])
    })
    stopifnot(all.equal(out$value, weighted.mean(parts[[1]] - parts[[2]], data$weight[data$treated == 1])))
  }
  se <- function(variance) sqrt(diag(as.matrix(variance)))[["treated"]]
  on_everybody <- coef(model(mean))[["treated"]]
  if (!by_group) stopifnot(all.equal(on_everybody, out$value))
  wrong <- list(se_least_squares = se(vcov(fit)), se_cr1 = se(vcovCR(fit, cluster = data$set, type = "CR1")),
                se_by_household = se(vcovCR(fit, cluster = data$household, type = "CR2")),
                se_inverse_variance_weights = se(vcovCR(fit, cluster = data$set, type = "CR2", inverse_var = TRUE)))
  c(out, n = nrow(data), clusters = length(unique(data$set)),
    list(must_not_equal = c(wrong, if (by_group) list(value_centred_on_everybody = on_everybody))))
}

# a row per person; the chance to be missing grows with what was measured before
people_of_waves <- function(seed, households, waves, missing, correlation = .5) {
  set.seed(seed)
  size <- sample(1:3, sum(households), replace = TRUE, prob = c(.5, .35, .15))
  treated <- rep(rep(1:0, households), size)
  n <- length(treated)
  household <- rep(sample(1000, sum(households)), size)
  sd <- c(1, 1.4, .8, 1.2)[seq_len(waves)]
  root <- chol(correlation^abs(outer(seq_len(waves), seq_len(waves), "-")) * outer(sd, sd))
  y <- 6 + matrix(rnorm(n * waves), n) %*% root + rep(rnorm(sum(households), 0, .5), size)
  y <- y + outer(.6 * treated, seq_len(waves) - 1)
  for (wave in seq_len(waves)[-1]) y[runif(n) < 2 * missing * plogis(y[, 1] - 6), wave] <- NA
  y[sample(n, round(missing * n / 3)), 1] <- NA
  colnames(y) <- paste0("wave", seq_len(waves))
  data.frame(household, treated, round(y, 2))[sample(n), ]
}

long_of <- function(data) {
  waves <- grep("^wave", names(data), value = TRUE)
  data$person <- seq_len(nrow(data))
  long <- reshape(data, direction = "long", varying = waves, v.names = "y", timevar = "wave", idvar = "person")
  long <- long[!is.na(long$y), ]
  long[order(long$person, long$wave), ]
}

contrast_of <- function(k) c(rep(0, k), -1, rep(1 / (k - 1), k - 1))

waves_fit <- function(long, method = "REML") {
  long$f <- factor(long$wave)
  gls(y ~ 0 + f + f:treated, long, correlation = corSymm(form = ~ wave | person), weights = varIdent(form = ~ 1 | f),
      method = method, control = glsControl(msMaxIter = 500))
}

covariance_of <- function(fit, long) {
  k <- max(long$wave)
  correlation <- Find(function(of_person) nrow(of_person) == k, corMatrix(fit$modelStruct$corStruct))
  sd <- fit$sigma * coef(fit$modelStruct$varStruct, unconstrained = FALSE, allCoef = TRUE)[as.character(seq_len(k))]
  correlation * outer(sd, sd)
}

all_waves <- function(data) {
  long <- long_of(data)
  k <- max(long$wave)
  fit <- waves_fit(long)
  covariance <- covariance_of(fit, long)
  # the first of the k differences is the contrast; the others are those of the waves but the last
  differences <- solve(rbind(contrast_of(k)[k + seq_len(k)], diag(k)[seq_len(k - 1), ]))
  X <- cbind(long$treated * differences[long$wave, ], diag(k)[long$wave, ])
  white <- do.call(rbind, lapply(split(seq_len(nrow(long)), long$person), function(rows) {
    waves <- long$wave[rows]
    cbind(solve(t(chol(covariance[waves, waves, drop = FALSE])), cbind(long$y[rows], X[rows, , drop = FALSE])),
          long$household[rows])
  }))
  white <- setNames(as.data.frame(white), c("y", "contrast", paste0("x", seq_len(2 * k - 1)), "household"))
  rows <- lm(reformulate(names(white)[seq_len(2 * k) + 1], "y", intercept = FALSE), white)
  out <- coefficient(rows, vcovCR(rows, cluster = white$household, type = "CR2"), "contrast")
  value <- function(fit) sum(contrast_of(k) * coef(fit))
  stopifnot(all.equal(value(fit), out$value, tolerance = 1e-6))
  complete <- na.omit(data)
  change <- rowMeans(complete[, paste0("wave", 2:k), drop = FALSE]) - complete$wave1
  change_of_all <- diff(tapply(change, complete$treated, mean))[[1]]
  gap <- function(w) diff(tapply(data[[w]], data$treated, mean, na.rm = TRUE))[[1]]
  of_wave_means <- mean(sapply(paste0("wave", 2:k), gap)) - gap("wave1")
  wrong <- list(value_complete_cases = change_of_all, value_wave_means = of_wave_means,
                value_without_covariance = value(gls(y ~ 0 + factor(wave) + factor(wave):treated, long)),
                se_of_gls = sqrt(c(contrast_of(k) %*% vcov(fit) %*% contrast_of(k))))
  if (anyNA(data)) {
    wrong$value_maximum_likelihood <- value(waves_fit(long, "ML"))
  } else {
    stopifnot(all.equal(out$value, change_of_all))
    wrong <- wrong["se_of_gls"]
  }
  c(out, n = length(unique(long$person)), clusters = length(unique(long$household)), list(must_not_equal = wrong))
}

# a start and a follow-up, of which more are missing where the start is high
lost_of <- function(seed, n, yes_no = FALSE) {
  set.seed(seed)
  treated <- rep(0:1, c(n - n %/% 3, n %/% 3))
  before <- if (yes_no) rbinom(n, 1, .5) else round(rnorm(n, 6 + .4 * treated, 1.5), 1)
  after <- if (yes_no) rbinom(n, 1, .3 + .3 * before) else round(.5 * before + 4 + treated + rnorm(n), 1)
  after[runif(n) < plogis(-1.4 + .6 * (before - mean(before)) * (1 + treated))] <- NA
  weight <- round(ifelse(treated == 1, 1, runif(n, .3, 2)), 3)
  data.frame(treated, weight, before, after)[sample(n), ]
}

staying <- function(data) {
  data$stayed <- !is.na(data$after)
  fit <- glm(stayed ~ treated * before, binomial, data, control = glm.control(epsilon = 1e-15, maxit = 100))
  weight <- ave(as.numeric(data$stayed), data$treated) / fitted(fit) * data$stayed
  without <- glm(stayed ~ treated + before, binomial, data)
  list(weights = unname(weight), smallest = min(fitted(fit)),
       must_not_equal = list(without_group_x_start = unname(data$stayed / fitted(without))))
}

tipping <- function(data, weighted) {
  w <- if (weighted) data$weight else rep(1, nrow(data))
  data$w <- w
  lost <- is.na(data$after)
  filled <- function(shift, together = FALSE) {
    out <- data$after
    for (g in 0:1) {
      fit <- lm(after ~ before, data, weights = w, subset = if (together) TRUE else treated == g)
      out[lost & data$treated == g] <- predict(fit, data[lost & data$treated == g, ]) + g * shift
    }
    out
  }
  effect <- function(shift, together = FALSE) {
    change <- filled(shift, together) - data$before
    coef(lm(change ~ treated, data, weights = w))[["treated"]]
  }
  list(value = effect(0), share = weighted.mean(lost[data$treated == 1], w[data$treated == 1]),
       shift = uniroot(effect, c(-100, 100), tol = 1e-13)$root,
       must_not_equal = list(value_one_line_for_both = effect(0, TRUE),
                             value_who_stayed = coef(lm(after - before ~ treated, data, weights = w))[["treated"]]))
}

pooled <- function(values, errors, complete_df) {
  rules <- pool.scalar(values, errors^2, n = complete_df + 1, k = 1)
  rubin <- pool.scalar(values, errors^2, n = 1e9, k = 1)
  list(values = values, errors = errors, complete_df = complete_df, value = rules$qbar, se = sqrt(rules$t),
       df = rules$df, p = 2 * pt(-abs(rules$qbar / sqrt(rules$t)), rules$df), within = rules$ubar, between = rules$b,
       fmi = rules$fmi, must_not_equal = list(df = rubin$df, fmi = rubin$fmi))
}

of_imputations <- function() {
  fits <- with(mice(nhanes, m = 5, seed = 7, printFlag = FALSE), lm(chl ~ age + bmi))
  table <- summary(pool(fits), type = "all")
  parts <- lapply(fits$analyses, function(fit) coef(summary(fit)))
  lapply(setNames(1:3, c("intercept", "age", "bmi")), function(i) {
    out <- pooled(sapply(parts, function(x) x[i, 1]), sapply(parts, function(x) x[i, 2]), 22)
    stopifnot(all.equal(c(out$value, out$se, out$df, out$p, out$fmi),
                        unlist(table[i, c("estimate", "std.error", "df", "p.value", "fmi")], use.names = FALSE)))
    out
  })
}

random_pools <- function(seed) {
  set.seed(seed)
  cases <- expand.grid(m = c(2, 5, 20), df = c(3.7, 80), between = c(.02, .5))
  lapply(seq_len(nrow(cases)), function(i) {
    with(cases[i, ], pooled(round(rnorm(m, .4, between), 4), round(runif(m, .15, .25), 4), df))
  })
}

# the share x of both treatment and outcome for which x^2 / (1 - x) is f^2, by search instead of the formula
robustness <- function(t, df) {
  f <- sqrt((t^2 / (t^2 + df)) / (1 - t^2 / (t^2 + df)))
  share <- function(f) if (f <= 0) 0 else uniroot(function(x) x^2 - f^2 * (1 - x), c(0, 1), tol = 1e-15)$root
  list(t = t, df = df, partial_r2 = t^2 / (t^2 + df), rv = share(f),
       rv_05 = share(f - qt(.975, df - 1) / sqrt(df - 1)), rv_10 = share(f - qt(.95, df - 1) / sqrt(df - 1)))
}

detectable <- function(df, power, alpha) {
  critical <- qt(1 - alpha / 2, df)
  beyond <- function(ncp) pt(critical, df, ncp, lower.tail = FALSE) + pt(-critical, df, ncp) - power
  list(df = df, power = power, alpha = alpha, errors = uniroot(beyond, c(1e-6, 30), tol = 1e-12)$root)
}

# changes of one group: the one-sided tests of t.test against the margin, and its limits of 90 %
equivalence <- function(seed, n, mean, margin) {
  set.seed(seed)
  x <- round(rnorm(n, mean), 2)
  list(value = mean(x), se = sd(x) / sqrt(n), df = n - 1, margin = margin,
       ci90 = as.numeric(t.test(x, conf.level = .9)$conf.int), ci95 = as.numeric(t.test(x)$conf.int),
       p_below = t.test(x, mu = -margin, alternative = "greater")$p.value,
       p_above = t.test(x, mu = margin, alternative = "less")$p.value)
}

sets <- list(sets_9_x1 = matched_sets(61, 9, 1), sets_14_x0 = matched_sets(62, 14, 0),
             sets_20_x3 = matched_sets(63, 20, 3), sets_22_x2_everyone = matched_sets(64, 22, 2, TRUE))
waves <- list(waves2 = people_of_waves(71, c(10, 18), 2, .25), waves3 = people_of_waves(72, c(12, 25), 3, .25),
              waves3_small = people_of_waves(73, c(6, 8), 3, .2), waves4 = people_of_waves(74, c(20, 30), 4, .3, .8),
              waves3_complete = people_of_waves(75, c(8, 14), 3, 0))
lost <- list(lost_80 = lost_of(81, 80), lost_110 = lost_of(84, 110), lost_steep = lost_of(82, 120),
             lost_yes_no = lost_of(83, 90, TRUE))
for (cases in list(sets, waves, lost)) {
  for (name in names(cases)) write.csv(cases[[name]], paste0(name, ".csv"), row.names = FALSE, quote = FALSE)
}

packages <- c("clubSandwich", "nlme", "mice")
write_json(
  list(att = lapply(sets, function(data) list(main = att(data, FALSE), by_group = att(data, TRUE))),
       all_waves = lapply(waves, all_waves),
       staying = lapply(lost, staying),
       tipping = lapply(lost, function(data) list(plain = tipping(data, FALSE), weighted = tipping(data, TRUE))),
       rubin = c(of_imputations(), setNames(random_pools(92), paste0("random", 1:12))),
       robustness = mapply(robustness, c(4.18445, 2.2, -2.2, 1.5, 6, .01), c(783, 40, 40, 12.5, 4, 100),
                           SIMPLIFY = FALSE),
       detectable = unname(Map(detectable, c(102, 33.8, 3, 1, 12.4, 5000), c(.8, .8, .8, .8, .9, .95),
                               c(.05, .05, .05, .05, .01, .05))),
       margin = Map(equivalence, 95:99, c(8, 15, 40, 60, 30), c(.1, -.4, .5, 0, .3), c(.5, .5, .5, .6, .4)),
       versions = c(list(R = as.character(getRversion())),
                    lapply(setNames(packages, packages), function(p) as.character(packageVersion(p))))),
  "expected.json", auto_unbox = TRUE, digits = 15, pretty = FALSE)
