# Makes the data and the expected values of this folder: `Rscript make_cases.R` in this folder.
# Needs R >= 4.2 with afex, car, psych, jsonlite.
suppressPackageStartupMessages({
  library(afex)
  library(jsonlite)
})
RNGkind("Mersenne-Twister", "Inversion", "Rejection")

ncp_limit <- function(prob, target, top) {
  # the noncentrality at which prob(ncp), which falls in ncp, equals target; 0 when it starts below it
  if (prob(0) <= target) return(0)
  uniroot(function(l) prob(l) - target, c(0, top), tol = 1e-10)$root
}
eta_ci <- function(f, df1, df2) {
  top <- 20 * (f * df1 + 20)
  lam <- c(ncp_limit(function(l) pf(f, df1, df2, l), .95, top),
           ncp_limit(function(l) pf(f, df1, df2, l), .05, top))
  lam / (lam + df1 + df2 + 1)
}
d_ci <- function(t, df, unit) {
  # 95 % interval of Cohen's d: the noncentral t of which t is the .975 and the .025 quantile
  limit <- function(target) {
    uniroot(function(l) suppressWarnings(pt(t, df, l)) - target, c(-12, 12) + t, tol = 1e-11)$root
  }
  c(limit(.975), limit(.025)) * unit
}

simulate <- function(seed, sizes, k, shape) {
  set.seed(seed)
  n <- sum(sizes)
  group <- rep(names(sizes), sizes)
  person <- rnorm(n)
  shift <- outer(match(group, names(sizes)), seq_len(k), function(g, w) .25 * g + .2 * w * (g == 1) - .1 * w)
  noise <- matrix(rnorm(n * k), n, k) %*% diag(seq(1, 1.4, length.out = k))
  y <- switch(shape,
    normal = round(50 + 8 * (person + shift + noise), 2),
    counts = matrix(rnbinom(n * k, size = .5, mu = exp(3 + .8 * person + shift)), n, k),
    percent = 100 * (person + shift + noise > .6)
  )
  data <- data.frame(id = sprintf("p%03d", seq_len(n)), group, y)
  names(data)[-(1:2)] <- paste0("w", seq_len(k))
  data
}

anova_case <- function(name, data) {
  write.csv(data, paste0(name, ".csv"), row.names = FALSE, na = "")
  waves <- names(data)[-(1:2)]
  full <- data[stats::complete.cases(data), ]
  long <- reshape(full, direction = "long", varying = waves, v.names = "y", idvar = "id", timevar = "wave",
                  times = waves)
  fit <- suppressWarnings(suppressMessages(
    aov_ez("id", "y", long, between = "group", within = "wave", type = 3)))
  uni <- suppressWarnings(summary(fit))
  table <- unclass(uni$univariate.tests)
  ges <- as.data.frame(nice(fit, es = "ges", correction = "none", round_ps = identity))
  effect <- function(row, label) {
    cells <- as.list(table[row, ])
    out <- list(ss = cells[["Sum Sq"]], df1 = cells[["num Df"]], ss_error = cells[["Error SS"]],
                df2 = cells[["den Df"]], f = cells[["F value"]], p = cells[["Pr(>F)"]])
    out$partial_eta_squared <- with(out, ss / (ss + ss_error))
    errors <- table["group", "Error SS"] + table["wave", "Error SS"]
    out$ges <- out$ss / (out$ss + errors)
    # afex prints its own ges to 3 digits: the formula above must be what it prints
    printed <- as.numeric(ges$ges[ges$Effect == label])
    stopifnot(is.na(printed) || abs(printed - out$ges) < 6e-4)
    out$ci90 <- eta_ci(out$f, out$df1, out$df2)
    out
  }
  result <- list(waves = waves, n_per_group = as.list(table(full$group)), effects = list(
    group = effect("group", "group"), time = effect("wave", "wave"),
    interaction = effect("group:wave", "group:wave")))
  if (length(waves) > 2) {
    corrections <- unclass(uni$pval.adjustments)
    result$sphericity <- list(
      mauchly_w = unclass(uni$sphericity.tests)["wave", "Test statistic"],
      eps_gg = corrections["wave", "GG eps"], eps_hf = min(1, corrections["wave", "HF eps"]),
      p_gg = list(time = corrections["wave", "Pr(>F[GG])"], interaction = corrections["group:wave", "Pr(>F[GG])"]))
  }
  type2 <- suppressWarnings(suppressMessages(
    aov_ez("id", "y", long, between = "group", within = "wave", type = 2)))
  result$must_not_equal <- list(time_f_type2 = type2$anova_table["wave", "F"])
  result
}

holes <- function(data, cells) {
  for (cell in cells) data[cell[1], cell[2] + 2] <- NA
  data
}
anova <- list(
  anova_14_41 = anova_case("anova_14_41", holes(
    simulate(11, c(approach = 14, control = 44), 2, "normal"), list(c(20, 1), c(31, 2), c(58, 2)))),
  anova_16_11_counts = anova_case("anova_16_11_counts", simulate(12, c(approach = 16, control = 11), 2, "counts")),
  anova_29_86_percent = anova_case("anova_29_86_percent",
    simulate(13, c(approach = 29, control = 86), 2, "percent")),
  anova_3_4 = anova_case("anova_3_4", simulate(14, c(approach = 3, control = 4), 2, "normal")),
  anova_16_11_3waves = anova_case("anova_16_11_3waves", holes(
    simulate(15, c(approach = 18, control = 11), 3, "normal"), list(c(2, 3), c(9, 1)))),
  anova_3groups_3waves = anova_case("anova_3groups_3waves",
    simulate(16, c(approach = 9, control = 14, rest = 6), 3, "counts")),
  anova_3groups_4waves = anova_case("anova_3groups_4waves",
    simulate(17, c(approach = 7, control = 12, rest = 10), 4, "normal")))

t_values <- function(test, d, unit) {
  list(t = unname(test$statistic), df = unname(test$parameter), p = test$p.value,
       ci95 = as.numeric(test$conf.int), cohen_d = d,
       d_ci95 = d_ci(unname(test$statistic), unname(test$parameter), unit))
}
set.seed(21)
scores <- data.frame(group = rep(c("approach", "control"), c(14, 41)), before = round(rnorm(55, 20, 6), 1),
                     after = round(rnorm(55, 17, 8), 1))
scores$before[c(3, 40)] <- NA
scores$after[c(14, 50)] <- NA
write.csv(scores, "t_tests.csv", row.names = FALSE, na = "")
first <- na.omit(scores$before[scores$group == "approach"])
second <- na.omit(scores$before[scores$group == "control"])
pairs <- na.omit(scores[c("before", "after")])
change <- pairs$after - pairs$before
pooled <- sqrt(((length(first) - 1) * var(first) + (length(second) - 1) * var(second)) /
                 (length(first) + length(second) - 2))
t_tests <- list(
  paired = c(list(n = length(change), mean = mean(change), sd = sd(change)),
             t_values(t.test(pairs$after, pairs$before, paired = TRUE), mean(change) / sd(change),
                      1 / sqrt(length(change)))),
  one_sample = c(list(norm = 18.5, n = length(first), mean = mean(first), sd = sd(first)),
                 t_values(t.test(first, mu = 18.5), (mean(first) - 18.5) / sd(first), 1 / sqrt(length(first)))),
  independent = c(list(n = length(first) + length(second), mean = mean(first) - mean(second), sd = pooled),
                  t_values(t.test(first, second, var.equal = TRUE), (mean(first) - mean(second)) / pooled,
                           sqrt(1 / length(first) + 1 / length(second)))))
t_tests$must_not_equal <- list(independent_t_welch = unname(t.test(first, second)$statistic))

tables <- list(
  twobytwo_large = rbind(c(23, 41), c(25, 46)), twobytwo_sparse = rbind(c(50, 1), c(53, 8)),
  twobyfive = rbind(c(52, 0, 0, 0, 12), c(49, 6, 1, 8, 7)), twobythree_large = rbind(c(43, 18, 12), c(37, 27, 17)),
  threebyfour = rbind(c(3, 1, 0, 7), c(2, 6, 4, 1), c(0, 2, 9, 3)), tiny = rbind(c(1, 0), c(0, 1)))
counts <- lapply(tables, function(x) {
  pearson <- suppressWarnings(chisq.test(x, correct = FALSE))
  list(table = x, n = sum(x), chi2 = unname(pearson$statistic), df = unname(pearson$parameter), p = pearson$p.value,
       min_expected = min(pearson$expected), fisher_p = fisher.test(x, workspace = 2e7)$p.value,
       cramers_v = sqrt(unname(pearson$statistic) / (sum(x) * (min(dim(x)) - 1))))
})

# Stuart-Maxwell is in no installed package: the textbook formula on the first k - 1 classes (Agresti 2013, 11.3)
stuart_maxwell <- function(x) {
  k <- nrow(x)
  d <- (rowSums(x) - colSums(x))[-k]
  v <- -(x + t(x))
  diag(v) <- rowSums(x) + colSums(x) - 2 * diag(x)
  value <- drop(d %*% solve(v[-k, -k]) %*% d)
  list(statistic = value, df = k - 1, p = pchisq(value, k - 1, lower.tail = FALSE))
}
squares <- list(
  vision = rbind(c(1520, 266, 124, 66), c(234, 1512, 432, 78), c(117, 362, 1772, 205), c(36, 82, 179, 492)),
  violence = rbind(c(20, 11, 14), c(26, 30, 12), c(31, 25, 40)))
changes <- lapply(squares, function(x) {
  bowker <- mcnemar.test(x, correct = FALSE)
  list(table = x, stuart_maxwell = stuart_maxwell(x),
       bowker = list(statistic = unname(bowker$statistic), df = unname(bowker$parameter), p = bowker$p.value))
})
mcnemar_tables <- list(rbind(c(10, 2), c(9, 6)), rbind(c(5, 0), c(7, 3)), rbind(c(31, 22), c(40, 18)))
mcnemar <- lapply(mcnemar_tables, function(x) {
  list(table = x, p_exact = binom.test(x[1, 2], x[1, 2] + x[2, 1])$p.value)
})

set.seed(31)
trait <- rnorm(60)
items <- as.data.frame(sapply(1:5, function(j) pmin(5, pmax(1, round(3 + .9 * trait + rnorm(60))))))
names(items) <- paste0("item", 1:5)
items[4, 2] <- NA
items[17, 5] <- NA
items$item6 <- 3
write.csv(items, "alpha.csv", row.names = FALSE, na = "")
complete <- na.omit(items)
alpha <- list(n = nrow(complete), k = 5, dropped = "item6",
              alpha = psych::alpha(complete[1:5], warnings = FALSE)$total$raw_alpha,
              must_not_equal = list(pairwise = psych::alpha(items[1:5], warnings = FALSE)$total$raw_alpha))

wilson <- lapply(list(c(0, 14), c(3, 29), c(86, 86), c(17, 64)), function(x) {
  list(count = x[1], n = x[2],
       ci95 = as.numeric(suppressWarnings(prop.test(x[1], x[2], correct = FALSE)$conf.int)))
})
eta <- lapply(list(c(10.673289, 1, 86), c(.02, 1, 110), c(1.5, 1, 40), c(43.9, 1, 110), c(60, 2, 12), c(4, 4, 26)),
  function(x) list(f = x[1], df1 = x[2], df2 = x[3], ci90 = eta_ci(x[1], x[2], x[3])))

packages <- c("afex", "car", "psych")
write_json(
  list(anova = anova, t_tests = t_tests, counts = counts, changes = changes, mcnemar = mcnemar, alpha = alpha,
       wilson = wilson, eta_ci = eta,
       versions = c(list(R = as.character(getRversion())),
                    lapply(setNames(packages, packages), function(p) as.character(packageVersion(p))))),
  "expected.json", auto_unbox = TRUE, digits = 15, pretty = TRUE)
