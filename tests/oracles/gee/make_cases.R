# Makes the data and the expected values of this folder: `Rscript make_cases.R` in this folder.
# Needs R >= 4.2 with geepack, jsonlite.
suppressPackageStartupMessages({
  library(geepack)
  library(jsonlite)
})
RNGkind("Mersenne-Twister", "Inversion", "Rejection")

# one textbook GEE, in full matrices: V = A^(1/2) W^(-1/2) R W^(-1/2) A^(1/2), Fisher scoring, and alpha from the pairs
# of Pearson residuals r, sum(w_j w_k r_j r_k) / sum(w_j w_k) / phi with phi = sum(w r^2) / sum(w).
# minus = 0: geepack's divisors; minus = p: those of Liang & Zeger (1986), n / (n - p) in phi and pairs / (pairs - p)
own_gee <- function(y, X, id, w, family, minus = 0, step = 1e-12) {
  rows <- split(seq_along(y), id)
  pairs <- do.call(rbind, lapply(rows[lengths(rows) > 1], function(i) t(combn(i, 2))))
  j <- pairs[, 1]
  k <- pairs[, 2]
  n <- length(y)
  mean_of <- function(b) if (family == "binomial") plogis(drop(X %*% b)) else exp(drop(X %*% b))
  variance <- function(mu) if (family == "binomial") mu * (1 - mu) else mu
  correlation <- function(b) {
    if (is.null(pairs)) return(0)
    mu <- mean_of(b)
    r <- (y - mu) / sqrt(variance(mu))
    phi <- sum(w * r^2) / sum(w) * n / (n - minus)
    sum(w[j] * w[k] * r[j] * r[k]) / sum(w[j] * w[k]) * nrow(pairs) / (nrow(pairs) - minus) / phi
  }
  parts <- function(b, alpha) {
    mu <- mean_of(b)
    lapply(rows, function(i) {
      R <- matrix(alpha, length(i), length(i))
      diag(R) <- 1
      half <- diag(sqrt(variance(mu[i]) / w[i]), length(i))
      D <- diag(variance(mu[i]), length(i)) %*% X[i, , drop = FALSE]  # both links are canonical
      list(D = D, Vi = solve(half %*% R %*% half), e = y[i] - mu[i])
    })
  }
  total <- function(pieces, f) Reduce(`+`, lapply(pieces, f))
  b <- rep(0, ncol(X))
  b[1] <- if (family == "binomial") qlogis(weighted.mean(y, w)) else log(weighted.mean(y, w))
  alpha <- 0
  for (round in 1:500) {
    pieces <- parts(b, alpha)
    bread <- solve(total(pieces, function(x) t(x$D) %*% x$Vi %*% x$D))
    change <- drop(bread %*% total(pieces, function(x) t(x$D) %*% x$Vi %*% x$e))
    b <- b + change
    before <- alpha
    alpha <- correlation(b)
    if (max(abs(change), abs(alpha - before)) < step) break
  }
  stopifnot(round < 500)
  pieces <- parts(b, alpha)
  bread <- solve(total(pieces, function(x) t(x$D) %*% x$Vi %*% x$D))
  sandwich <- function(residual) {
    bread %*% total(pieces, function(x) tcrossprod(t(x$D) %*% x$Vi %*% residual(x))) %*% bread
  }
  # Mancl & DeRouen (2001): residuals divided by I - H, H = D bread D' V^-1
  reduced <- function(x) solve(diag(length(x$e)) - x$D %*% bread %*% t(x$D) %*% x$Vi, x$e)
  list(coef = b, alpha = alpha, robust = sandwich(function(x) x$e), mancl_derouen = sandwich(reduced))
}

simulate <- function(seed, households, shape) {
  set.seed(seed)
  n_households <- sum(households)
  sizes <- sample(1:5, n_households, TRUE, c(.35, .3, .2, .1, .05))
  household <- rep(seq_len(n_households), sizes)
  group <- as.numeric(household <= households[1])
  n <- length(household)
  u <- rnorm(n_households, 0, .7)[household]
  person <- rnorm(n, 0, .6)
  data <- do.call(rbind, lapply(0:1, function(wave) {
    eta <- -.2 + .4 * group - .3 * wave - .5 * group * wave + u + person
    y <- switch(shape, binary = as.numeric(runif(n) < plogis(eta)), counts = rnbinom(n, size = 1.2, mu = exp(1 + eta)))
    data.frame(household, person = seq_len(n), group, wave, y)
  }))
  data$age <- round(18 + 30 * runif(n), 1)[data$person]
  # like matching weights: 1 in the group, unequal outside it, also within a household
  data$weight <- ifelse(data$group == 1, 1, round(runif(n, .3, 1.9), 2)[data$person])
  data <- data[-sample(which(data$wave == 1), round(.12 * n)), ]  # some have the first wave only
  data[order(data$household, data$person, data$wave), ]
}

gee_case <- function(name, data, family, columns, weighted = FALSE, cluster = "household") {
  write.csv(data[sample(nrow(data)), ], paste0(name, ".csv"), row.names = FALSE)
  formula <- reformulate(columns, "y")
  X <- model.matrix(formula, data)
  data$id <- data[[cluster]]
  data$w <- if (weighted) data$weight else 1
  fit <- suppressWarnings(geeglm(formula, id = id, family = family, corstr = "exchangeable", data = data, weights = w,
    control = geese.control(epsilon = 1e-12, maxit = 200)))
  # the formulae above must be geepack's, so that only the divisors and the correction rest on this file alone
  same <- own_gee(data$y, X, data$id, data$w, family)
  stopifnot(max(abs(same$coef - coef(fit))) < 1e-6, max(abs(same$robust / fit$geese$vbeta - 1)) < 1e-4)
  own <- own_gee(data$y, X, data$id, data$w, family, minus = ncol(X))
  list(family = family, columns = colnames(X)[-1], cluster = cluster, weighted = weighted, n = nrow(data),
       clusters = length(unique(data$id)),
       geepack = list(coef = unname(coef(fit)), robust_se = unname(sqrt(diag(fit$geese$vbeta)))),
       liang_zeger = list(coef = unname(own$coef), alpha = own$alpha, robust = unname(own$robust),
                          mancl_derouen = unname(own$mancl_derouen)))
}

design <- c("group", "wave", "group:wave")
one_row <- function(data) data[!duplicated(data$household), ]
binary <- simulate(101, c(14, 33), "binary")
counts <- simulate(102, c(12, 30), "counts")
cases <- list(
  binary = gee_case("binary", binary, "binomial", design),
  binary_weighted = gee_case("binary_weighted", simulate(103, c(20, 41), "binary"), "binomial", design, TRUE),
  binary_covariate = gee_case("binary_covariate", simulate(104, c(25, 25), "binary"), "binomial", c(design, "age")),
  counts = gee_case("counts", counts, "poisson", design),
  counts_weighted = gee_case("counts_weighted", simulate(105, c(17, 38), "counts"), "poisson", design, TRUE),
  counts_per_person = gee_case("counts_per_person", simulate(106, c(9, 21), "counts"), "poisson", design,
                               cluster = "person"),
  single_binary = gee_case("single_binary", one_row(simulate(107, c(40, 60), "binary")), "binomial", "group"),
  single_counts = gee_case("single_counts", one_row(simulate(108, c(30, 50), "counts")), "poisson", "group"))

packages <- c("geepack", "jsonlite")
write_json(
  list(cases = cases,
       versions = c(list(R = as.character(getRversion())),
                    lapply(setNames(packages, packages), function(p) as.character(packageVersion(p))))),
  "expected.json", auto_unbox = TRUE, digits = 15, pretty = TRUE)
