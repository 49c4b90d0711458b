# Makes the data and the expected values of this folder: `Rscript make_extra.R` in this folder.
# Needs R >= 4.2 with jsonlite.
suppressPackageStartupMessages(library(jsonlite))
RNGkind("Mersenne-Twister", "Inversion", "Rejection")

# E-values --------------------------------------------------------------------------------------------------
e <- function(rr) {
  if (rr < 1) rr <- 1 / rr
  rr + sqrt(rr * (rr - 1))
}
e_all <- function(rr, low, high) {
  e_ci <- if (low <= 1 && high >= 1) 1 else if (low > 1) e(low) else e(high)
  list(rr = rr, rr_low = low, rr_high = high, e = e(rr), e_ci = e_ci)
}
ratios <- lapply(c(.05, .4, .999, 1, 1.2, 2, 3.9, 60), function(rr) list(ratio = rr, e = e(rr)))
differences <- lapply(list(c(.42, .14), c(-.42, .14), c(.1, .2), c(-1.3, .31), c(0, .2)), function(x)
  c(list(d = x[1], se = x[2]),
    e_all(exp(.91 * x[1]), exp(.91 * x[1] - 1.78 * x[2]), exp(.91 * x[1] + 1.78 * x[2]))))

# Rosenbaum bounds ------------------------------------------------------------------------------------------
bound <- function(treated, control, gamma) {
  d <- treated - control
  if (sum(rank(abs(d))[d > 0]) < sum(rank(abs(d))[d < 0])) d <- -d
  r <- rank(abs(d))
  positive <- sum(r[d > 0])
  r <- r[d != 0]
  p <- gamma / (1 + gamma)
  pnorm((positive - p * sum(r)) / sqrt(p * (1 - p) * sum(r^2)), lower.tail = FALSE)
}
pairs_case <- function(seed, n, shift) {
  set.seed(seed)
  control <- rpois(n, 8)
  data <- data.frame(treated = rpois(n, 8 + shift), control)
  nonzero <- data[data$treated != data$control, ]
  # without zeros and without bias it is the signed-rank test of R
  direction <- if (shift > 0) "greater" else "less"
  wilcox <- suppressWarnings(wilcox.test(nonzero$treated, nonzero$control, paired = TRUE, exact = FALSE,
                                         correct = FALSE, alternative = direction))
  stopifnot(abs(wilcox$p.value - bound(nonzero$treated, nonzero$control, 1)) < 1e-14)
  gammas <- c(1, 1.25, 2, 3.5, 10)
  solved <- uniroot(function(g) bound(data$treated, data$control, g) - .05, c(1, 1000), tol = 1e-13)$root
  list(treated = data$treated, control = data$control, zeros = n - nrow(nonzero), gammas = gammas,
       p = sapply(gammas, function(g) bound(data$treated, data$control, g)), gamma_05 = solved,
       p_wilcox_without_zeros = wilcox$p.value)
}
rosenbaum <- list(higher = pairs_case(31, 40, 3), lower = pairs_case(32, 25, -3), small = pairs_case(33, 9, 6))
stopifnot(all(sapply(rosenbaum[1:2], function(x) x$zeros) > 0))

# Attrition -------------------------------------------------------------------------------------------------
set.seed(41)
sizes <- c(approach = 38, control = 90, rest = 20)
household <- data.frame(household = sprintf("h%03d", seq_len(sum(sizes))), group = rep(names(sizes), sizes))
household$lost <- runif(nrow(household)) < ifelse(household$group == "approach", .35, .2)
units <- list(
  household = transform(household, unit_id = household),
  adult = do.call(rbind, lapply(seq_len(nrow(household)), function(i)
    transform(household[rep(i, 1 + i %% 2), ], unit_id = paste0(household, "a", seq_len(1 + i %% 2))))),
  child = transform(household[seq(1, nrow(household), 4), ], unit_id = paste0(household, "c")))
long <- do.call(rbind, lapply(names(units), function(unit) {
  x <- units[[unit]]
  # some more persons are lost than whole households
  x$lost <- x$lost | (unit != "household" & runif(nrow(x)) < .15)
  outcome <- switch(unit, household = "total_violence", adult = "safety", child = "trouble")
  values <- function(wave) switch(unit,
    household = rnbinom(nrow(x), size = .6, mu = ifelse(x$lost, 110, 80)),
    adult = round(rnorm(nrow(x), 6.5 - .6 * x$lost, 1.8), 1),
    child = 100 * (runif(nrow(x)) < .4 + .2 * x$lost))
  block <- function(wave, keep) {
    known <- keep & runif(nrow(x)) > .06
    rbind(data.frame(x[keep, c("unit_id", "household", "group")], outcome = "participation", wave, value = 1),
          data.frame(x[known, c("unit_id", "household", "group")], outcome, wave, value = values(wave)[known]))
  }
  data.frame(unit, rbind(block("T0", rep(TRUE, nrow(x))), block("follow_up", !x$lost)))
}))
write.csv(long, "attrition.csv", row.names = FALSE)

groups <- c("approach", "control")
took_part <- subset(long, outcome == "participation" & group %in% groups)
loss <- lapply(split(took_part, took_part$unit), function(x) {
  start <- subset(x, wave == "T0")
  later <- x$unit_id[x$wave == "follow_up"]
  crossed <- table(factor(start$group, groups), factor(start$unit_id %in% later, c(TRUE, FALSE)))
  pearson <- suppressWarnings(chisq.test(crossed, correct = FALSE))
  small <- any(pearson$expected < 5)
  c(list(crossed = unclass(unname(crossed)), test = if (small) "fisher_exact" else "chi_squared",
         p = if (small) fisher.test(crossed)$p.value else pearson$p.value),
    if (!small) list(chi2 = unname(pearson$statistic)))
})
places <- expand.grid(group = groups, outcome = c("total_violence", "safety", "trouble"), stringsAsFactors = FALSE)
baseline <- Map(function(name, g) {
  x <- subset(long, outcome == name & wave == "T0" & group == g)
  later <- subset(long, outcome == "participation" & wave == "follow_up" & unit == x$unit[1])$unit_id
  stayed <- x$value[x$unit_id %in% later]
  lost <- x$value[!x$unit_id %in% later]
  welch <- t.test(stayed, lost)
  everyone <- c(stayed, lost)
  # Of a percentage, the spread that its mean alone gives.
  whole <- if (name == "trouble") sqrt(mean(everyone) * (100 - mean(everyone))) else sd(everyone)
  list(outcome = name, group = g, n_stayed = length(stayed), n_lost = length(lost), mean_stayed = mean(stayed),
       sd_stayed = sd(stayed), mean_lost = mean(lost), sd_lost = sd(lost), smd = (mean(lost) - mean(stayed)) / whole,
       t = unname(welch$statistic), df = unname(welch$parameter), p = welch$p.value)
}, places$outcome, places$group)
stopifnot(all(c("chi_squared", "fisher_exact") %in% sapply(loss, function(x) x$test)))

# Power -----------------------------------------------------------------------------------------------------
equal <- apply(expand.grid(n = c(2, 3, 12.5, 14, 51, 400), power = c(.5, .8, .95), alpha = c(.05, .01)), 1, function(x)
  c(as.list(x), d = power.t.test(n = x[["n"]], power = x[["power"]], sig.level = x[["alpha"]], strict = TRUE,
                                 tol = 1e-13)$delta))
detectable <- function(n1, n2, power, alpha) {
  df <- n1 + n2 - 2
  critical <- qt(alpha / 2, df, lower.tail = FALSE)
  rejects <- function(l) pt(critical, df, l, lower.tail = FALSE) + pt(-critical, df, l)
  uniroot(function(l) rejects(l) - power, c(0, 35), tol = 1e-13)$root * sqrt(1 / n1 + 1 / n2)
}
unequal <- lapply(list(c(14, 41), c(51, 61), c(2, 30), c(29, 86), c(200, 1500)), function(n) {
  list(n1 = n[1], n2 = n[2], power = .8, alpha = .05, d = detectable(n[1], n[2], .8, .05))
})
clustered <- lapply(list(c(64, 71, .3, 1.4), c(29, 86, .5, 1.9), c(29, 86, 1, 2)), function(x) {
  effect <- 1 + (x[4] - 1) * x[3]
  list(n1 = x[1], n2 = x[2], icc = x[3], m = x[4], r = .55, d = detectable(x[1] / effect, x[2] / effect, .8, .05),
       d_change = detectable(x[1] / effect, x[2] / effect, .8, .05) * sqrt(2 * (1 - .55)))
})

write_json(
  list(e_value = list(ratios = ratios, differences = differences), rosenbaum = rosenbaum,
       attrition = list(loss = loss, baseline = unname(baseline)),
       power = list(equal = equal, unequal = unequal, clustered = clustered),
       versions = list(R = as.character(getRversion()))),
  "expected.json", auto_unbox = TRUE, digits = NA, pretty = TRUE)
