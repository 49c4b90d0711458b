# Numbers of MatchIt itself for the tests of matching and balance, by R alone. In this folder: Rscript make_cases.R
# Made with R 4.2.2 and MatchIt 4.5.1; plain_*.csv need that version, whose fault they show.
library(MatchIt)
data(lalonde)
f <- treat ~ age + educ + race + married + nodegree + re74 + re75
lalonde$lp <- round(predict(glm(f, binomial, lalonde)), 8)

# 1. Plain calls, wrong in this version (MatchIt issue 163): a caliper of .1 SD is kept in whole units only, and
#    without a caliper some controls are not the nearest. No warning.
for (case in list(list("caliper", .1), list("nearest", NULL))) {
  mm <- matchit(f, lalonde, link = "linear.logit", caliper = case[[2]])$match.matrix
  mm <- mm[!is.na(mm), , drop = FALSE]
  write.csv(data.frame(treated = rownames(mm), control = mm[, 1]), sprintf("plain_%s.csv", case[[1]]),
            row.names = FALSE, quote = FALSE)
}

# 2. The safe route, two controls, exact on nodegree, caliper .2 SD within its strata (the residual SD of a model with
#    a mean for each), and MatchIt's own summary of it.
sd_within <- summary(lm(lp ~ factor(nodegree), lalonde))$sigma
m <- matchit(f, lalonde, distance = lalonde$lp, mahvars = ~lp, caliper = .2 * sd_within, std.caliper = FALSE,
             ratio = 2, exact = ~nodegree, m.order = "largest", replace = FALSE)
s <- summary(m, addlvariables = data.frame(propensity_score = plogis(lalonde$lp)))
table <- function(x, sample) {
  data.frame(name = rownames(x), sample = sample, mean_approach = x[, 1], mean_control = x[, 2], smd = x[, 3],
             variance_ratio = x[, 4], ecdf_max = x[, 6])
}
balance <- rbind(table(s$sum.all, "all"), table(s$sum.matched, "matched"))
for (column in 3:7) balance[[column]] <- sprintf("%.15g", balance[[column]])
write.csv(balance, "ratio2_balance.csv", row.names = FALSE, quote = FALSE)
d <- match.data(m, drop.unmatched = TRUE)
write.csv(data.frame(id = rownames(d), subclass = d$subclass, weight = sprintf("%.15g", d$weights)),
          "ratio2_matched.csv", row.names = FALSE, quote = FALSE)
nn <- as.data.frame(s$nn)
nn$row <- rownames(nn)
nn <- rbind(nn, data.frame(Control = NA, Treated = sprintf("%.15g", sd_within), row = "SD within"))
write.csv(nn[c("row", "Control", "Treated")], "ratio2_numbers.csv", row.names = FALSE, quote = FALSE)

# 3. Overlap weights, and entropy weights of the controls as the least of log sum exp that optim finds: BFGS, on
#    covariates in SDs.
fit <- glm(f, binomial, lalonde, epsilon = 1e-14)
e <- fitted(fit)
x <- scale(model.matrix(f, lalonde)[, -1])
z <- sweep(x[lalonde$treat == 0, ], 2, colMeans(x[lalonde$treat == 1, ]))
high <- function(l) log(sum(exp(-z %*% l)))
slope <- function(l) { w <- exp(-z %*% l); -colSums(z * as.numeric(w / sum(w))) }
l <- rep(0, ncol(z))
for (again in 1:20) l <- optim(l, high, slope, method = "BFGS", control = list(reltol = 1e-16, maxit = 10000))$par
w <- as.numeric(exp(-z %*% l))
stopifnot(max(abs(slope(l))) < 1e-8)
weights <- data.frame(id = rownames(lalonde), overlap = ifelse(lalonde$treat == 1, 1 - e, e), entropy = 1)
weights$entropy[lalonde$treat == 0] <- w / sum(w) * length(w)
for (column in 2:3) weights[[column]] <- sprintf("%.12g", weights[[column]])
write.csv(weights, "weights.csv", row.names = FALSE, quote = FALSE)
