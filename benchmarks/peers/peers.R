# The work of peers.py as an analyst writes it in R: reads the exports of the folder, scores, matches, tests. Writes its
# numbers beside them, and of each stage the seconds of the median of three turns.
started <- Sys.time()
suppressMessages({
  library(haven)
  library(psych)
  library(MatchIt)
  library(afex)
})
seconds <- c(loading = as.numeric(Sys.time() - started, units = "secs"))
folder <- commandArgs(TRUE)[1]
given <- function(name, ...) read.csv(file.path(folder, name), stringsAsFactors = FALSE, ...)
exact <- function(x) sprintf("%.17g", x)
quietly <- function(work) suppressMessages(suppressWarnings(work))

median_time <- function(stage, work) {
  turns <- c()
  for (turn in 1:3) {
    start <- Sys.time()
    found <- quietly(work())
    turns <- c(turns, as.numeric(Sys.time() - start, units = "secs"))
  }
  seconds[[stage]] <<- median(turns)
  found
}

# exports: what SPSS was told is no answer is missing
read_all <- function() {
  paths <- list.files(file.path(folder, "exports"), full.names = TRUE)
  names(paths) <- sub(".sav", "", basename(paths), fixed = TRUE)
  lapply(paths, read_sav)
}

# scales: answers of one questionnaire in one export, recoded and turned round; then psych
answers_of <- function(key) {
  about <- key[1, ]
  x <- sapply(exports[[about$export]][unique(key$column)], as.double)
  x[x < about$low | x > about$high] <- NA
  if (nzchar(about$recode)) x[] <- as.numeric(strsplit(about$recode, " ")[[1]])[x - about$low + 1]
  turned <- unique(key$column[key$reversed == 1])
  x[, turned] <- about$low + about$high - x[, turned]
  x
}

score <- function(block) scoreItems(block$keys, block$answers, impute = "none", delete = FALSE)$scores

alphas <- function(block) {
  sapply(block$keys, function(columns) {
    items <- block$answers[, columns]
    alpha(items[complete.cases(items), ])$total$raw_alpha
  })
}

blocks <- function() {
  lapply(split(scales, factor(scales$block, unique(scales$block))), function(key) {
    list(keys = split(key$column, factor(key$scale, unique(key$scale))), answers = answers_of(key))
  })
}

# matching: missing covariates are filled with the mean and told by a 0/1 column, unless only one group has them; nearest
# on the logit of the score, the largest first; distances are given, as MatchIt 4.5.1 ignores the caliper of a score
match_all <- function() {
  x <- households[covariates]
  treated <- as.integer(households$role == "approach")
  for (name in covariates[sapply(x, anyNA)]) {
    gaps <- is.na(x[[name]])
    if (length(unique(treated[gaps])) == 2) x[[paste0(name, "_missing")]] <- as.numeric(gaps)
    x[[name]][gaps] <- mean(x[[name]], na.rm = TRUE)
  }
  lp <- round(glm(treated ~ ., binomial(), cbind(treated, x))$linear.predictors, 8)
  data <- data.frame(household = households$household, treated, lp)
  data <- data[c(which(treated == 1)[order(-lp[treated == 1])], which(treated == 0)), ]
  m <- matchit(treated ~ lp, data, method = "nearest", replace = FALSE, m.order = "data", ratio = strategy$ratio,
               distance = abs(outer(data$lp[data$treated == 1], data$lp[data$treated == 0], "-")),
               caliper = strategy$caliper * sd(lp), std.caliper = FALSE)
  taken <- m$match.matrix
  found <- which(!is.na(taken), arr.ind = TRUE)
  of_row <- setNames(data$household, rownames(data))
  data.frame(approach = of_row[rownames(taken)[found[, 1]]], control = of_row[taken[found]])
}

# mixed ANOVA, type III
test_all <- function() {
  lapply(split(values, factor(values$outcome, unique(values$outcome))), function(one) {
    aov_ez("unit_id", "value", one, between = "group", within = "wave", type = 3,
           anova_table = list(es = "pes", correction = "none"))$anova_table
  })
}

exports <- median_time("reading", read_all)
scales <- given("scales.csv", colClasses = c(recode = "character"))
scored <- median_time("scores", function() lapply(prepared <<- blocks(), score))
reliability <- median_time("alpha", function() lapply(prepared, alphas))
households <- given("households.csv")
strategy <- given("strategy.csv")
covariates <- strsplit(strategy$covariates, " ")[[1]]
pairs <- median_time("matching", match_all)
values <- given("values.csv")
tables <- median_time("anova", test_all)

writeBin(as.vector(unlist(scored)), file.path(folder, "scores.bin"))
writeBin(as.vector(unlist(reliability)), file.path(folder, "alpha.bin"))
write.csv(pairs, file.path(folder, "pairs.csv"), row.names = FALSE)
write.csv(do.call(rbind, Map(function(outcome, table) {
  data.frame(outcome, effect = c(group = "group", wave = "time", "group:wave" = "interaction")[rownames(table)],
             value = exact(table$F), p = exact(table[["Pr(>F)"]]), effect_value = exact(table$pes))
}, names(tables), tables)), file.path(folder, "anova.csv"), row.names = FALSE)
write.csv(data.frame(stage = names(seconds), seconds = exact(seconds)), file.path(folder, "seconds.csv"),
          row.names = FALSE)
packages <- c("haven", "psych", "MatchIt", "afex")
write.csv(data.frame(package = packages, version = sapply(packages, function(p) as.character(packageVersion(p)))),
          file.path(folder, "versions.csv"), row.names = FALSE)
