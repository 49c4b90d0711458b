# Optimal pairs and full matching of lalonde by MatchIt and optmatch, by R alone. In this folder: Rscript make_cases.R
# Needs MatchIt, optmatch (not in Debian), clubSandwich and jsonlite.
library(MatchIt)
suppressMessages(library(clubSandwich))
d <- read.csv("../d03_lalonde_nearest_1to1/data.csv", row.names = 1)
f <- treat ~ age + educ + race + married + nodegree + re74 + re75
d$lp <- round(predict(glm(f, binomial, d)), 8)
within <- summary(lm(lp ~ factor(nodegree), d))$sigma
cases <- list(
  optimal_1 = list(method = "optimal", ratio = 1),
  optimal_2_exact = list(method = "optimal", ratio = 2, exact = ~nodegree),
  full = list(method = "full"),
  full_caliper_exact = list(method = "full", caliper = .1 * within, std.caliper = FALSE, exact = ~nodegree))
sets <- data.frame(id = rownames(d))
expected <- list()
for (name in names(cases)) {
  asked <- c(list(f, data = d, distance = d$lp, tol = 1e-7, solver = "LEMON"), cases[[name]])
  m <- suppressWarnings(do.call(matchit, asked))
  sets[[paste0(name, "_set")]] <- as.integer(m$subclass)
  sets[[paste0(name, "_weight")]] <- sprintf("%.15g", m$weights)
  gaps <- sapply(split(d, m$subclass), function(s) sum(abs(outer(s$lp[s$treat == 1], s$lp[s$treat == 0], "-"))))
  s <- summary(m, addlvariables = data.frame(propensity_score = plogis(d$lp)), pair.dist = FALSE)
  kept <- d[m$weights > 0, ]
  kept$w <- m$weights[m$weights > 0]
  kept$set <- m$subclass[m$weights > 0]
  model <- lm(re78 ~ treat, kept, weights = w)
  effect <- coef_test(model, vcov = "CR2", cluster = kept$set, test = "Satterthwaite")["treat", ]
  smd <- s$sum.matched[setdiff(rownames(s$sum.matched), "distance"), "Std. Mean Diff."]
  expected[[name]] <- list(
    caliper = if (is.null(cases[[name]]$caliper)) NA else cases[[name]]$caliper, total = sum(gaps), n = unname(s$nn["Matched", c("Treated", "Control")]),
    ess_controls = unname(s$nn["Matched (ESS)", "Control"]), smd = as.list(smd),
    effect = list(value = effect$beta, se = effect$SE, df = effect$df_Satt))
}
write.csv(sets, "sets.csv", row.names = FALSE, quote = FALSE)
versions <- sapply(c("MatchIt", "optmatch", "rlemon", "clubSandwich"), function(p) as.character(packageVersion(p)))
made <- list(versions = as.list(c(R = as.character(getRversion()), versions)), cases = expected)
write(jsonlite::toJSON(made, digits = 12, auto_unbox = TRUE, pretty = TRUE, na = "null"), "expected.json")
