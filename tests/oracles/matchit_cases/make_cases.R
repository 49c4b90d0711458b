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

# 2. The safe route, two controls, caliper .2 SD, exact on nodegree, and MatchIt's own summary of it.
m <- matchit(f, lalonde, distance = lalonde$lp, mahvars = ~lp, caliper = .2 * sd(lalonde$lp), std.caliper = FALSE,
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
write.csv(nn[c("row", "Control", "Treated")], "ratio2_numbers.csv", row.names = FALSE, quote = FALSE)
