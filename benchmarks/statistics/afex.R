# Mixed ANOVA (type III) by afex of the table that anova_speed.py wrote: time of the median of three turns, F and p.
suppressMessages(library(afex))
folder <- commandArgs(TRUE)[1]
persons <- read.csv(file.path(folder, "persons.csv"), stringsAsFactors = TRUE)
outcomes <- unique(sub("_[01]$", "", grep("_[01]$", names(persons), value = TRUE)))
tables <- lapply(outcomes, function(outcome) {
  waves <- persons[paste0(outcome, c("_0", "_1"))]
  data.frame(person = persons$person, group = persons$group,
             wave = factor(rep(c("T0", "follow_up"), each = nrow(persons))), y = c(waves[[1]], waves[[2]]))
})
analyse <- function(table) {
  suppressMessages(suppressWarnings(
    aov_ez("person", "y", table, between = "group", within = "wave", type = 3, include_aov = FALSE)
  ))$anova_table
}
seconds <- c()
for (turn in 1:3) {
  start <- proc.time()[["elapsed"]]
  found <- lapply(tables, analyse)
  seconds <- c(seconds, proc.time()[["elapsed"]] - start)
}
seconds <- median(seconds)
effects <- c(group = "group", wave = "time", "group:wave" = "interaction")
rows <- do.call(rbind, Map(function(outcome, result) {
  data.frame(outcome = outcome, effect = effects[rownames(result)],
             f = sprintf("%.17g", result[["F"]]), p = sprintf("%.17g", result[["Pr(>F)"]]))
}, outcomes, found))
write.csv(rows, file.path(folder, "afex.csv"), row.names = FALSE, quote = FALSE)
cat(sprintf('{"seconds": %.4f, "version": "%s"}\n', seconds, packageVersion("afex")))
