# Makes the data and the expected values of this folder: `Rscript make_cases.R` in this folder.
# Needs R >= 4.2 with jsonlite, psych and lme4. Of households of unlike sizes the data are those of ../clustered.
suppressPackageStartupMessages({library(jsonlite); library(psych); library(lme4)})
RNGkind("Mersenne-Twister", "Inversion", "Rejection")

# Likeness within households --------------------------------------------------------------------------------
set.seed(61)
pairs <- data.frame(household = rep(seq_len(40), each = 2), y = rep(rnorm(40), each = 2) + rnorm(80, sd = 1.2))
pairs$y <- round(pairs$y, 6)
write.csv(pairs[sample(nrow(pairs)), ], "pairs.csv", row.names = FALSE, quote = FALSE)
wide <- matrix(pairs$y, ncol = 2, byrow = TRUE)
shrout <- psych::ICC(wide, lmer = FALSE)$results
one_way <- shrout$ICC[shrout$type == "ICC1"]
variances <- as.data.frame(VarCorr(lmer(y ~ 1 + (1 | household), pairs, REML = TRUE)))$vcov
stopifnot(abs(variances[1] / sum(variances) - one_way) < 1e-5)  # of equal sizes REML is the same

by_squares <- function(data, formula) {
  data$household <- factor(data$household)
  squares <- summary(aov(formula, data))[[1]]
  rows <- trimws(rownames(squares))
  between <- squares[rows == "household", "Mean Sq"]
  within <- squares[rows == "Residuals", "Mean Sq"]
  sizes <- table(data$household)
  n0 <- (sum(sizes) - sum(sizes^2) / sum(sizes)) / (length(sizes) - 1)
  (between - within) / (between + (n0 - 1) * within)
}
unlike <- sapply(c("h10_25_icc3", "h5_12_icc0"), function(case) {
  data <- read.csv(file.path("..", "clustered", paste0(case, ".csv")))
  data$group <- factor(data$group)
  sizes <- table(data$household)
  list(alone = by_squares(data, y ~ household), in_groups = by_squares(data, y ~ group + household),
       size = sum(sizes^2) / sum(sizes), mean_size = mean(sizes))
}, simplify = FALSE)
stopifnot(abs(by_squares(pairs, y ~ household) - one_way) < 1e-12)

# What a study finds ----------------------------------------------------------------------------------------
power_of <- function(delta, n, ratio, sd) {
  df <- n * (1 + ratio) - 2
  ncp <- delta / (sd * sqrt(1 / n + 1 / (ratio * n)))
  pt(qt(.975, df), df, ncp, lower.tail = FALSE) + pt(-qt(.975, df), df, ncp)
}
values <- function(case, households) {
  households * case$per_household * (1 - case$lost) / (1 + (case$cluster_size - 1) * max(case$icc, 0))
}
finds <- function(case, households, sd) {
  n <- values(case, households)
  delta <- uniroot(function(x) power_of(x, n, case$ratio, sd) - case$power, c(1e-8, 20 * sd), tol = 1e-13)$root
  if (case$ratio == 1) {
    own <- power.t.test(n = n, sd = sd, power = case$power, strict = TRUE, tol = 1e-13)$delta
    stopifnot(abs(own - delta) < 1e-9 * sd)
  }
  delta
}
asks <- function(case, sd) {
  enough <- function(households) power_of(case$margin, values(case, households), case$ratio, sd) >= case$power
  households <- 4
  while (!enough(households)) households <- households + 1
  households
}
cases <- list(
  household = list(sd = 85.1, per_household = .96, cluster_size = 1, icc = 0, correlation = .5, lost = .24,
                   power = .8, ratio = 1, margin = 12),
  adult = list(sd = 1.8, per_household = 1.25, cluster_size = 1.41, icc = .7, correlation = .3, lost = .2,
               power = .8, ratio = 2, margin = .5),
  unlike = list(sd = 49.8, per_household = .53, cluster_size = 1.89, icc = -.09, correlation = .68, lost = .21,
                power = .9, ratio = .5, margin = 25))
planned <- lapply(cases, function(case) {
  residual <- case$sd * sqrt(1 - case$correlation^2)
  change <- case$sd * sqrt(2 * (1 - case$correlation))
  sizes <- c(20, 51, 200)
  c(case, list(households = sizes, difference = sapply(sizes, function(n) finds(case, n, residual)),
               change = sapply(sizes, function(n) finds(case, n, change)),
               needed = asks(case, residual), needed_change = asks(case, change)))
})

# That the residual is what least squares leave: a large sample.
set.seed(62)
t0 <- rnorm(2e5)
later <- .6 * t0 + sqrt(1 - .36) * rnorm(2e5)
stopifnot(abs(sigma(lm(later ~ t0)) - sqrt(1 - .6^2)) < .005, abs(sd(later - t0) - sqrt(2 * (1 - .6))) < .005)

write_json(list(pairs = list(icc1 = one_way), unlike = unlike, planned = planned), "expected.json",
           auto_unbox = TRUE, digits = NA, pretty = TRUE)
