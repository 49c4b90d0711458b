# The call of the workflow in R itself: seconds of the median of so many turns, and the rows (from 0) of the controls taken.
suppressMessages(library(MatchIt))
arguments <- commandArgs(TRUE)
n <- as.integer(arguments[2])
treated <- as.integer(seq_len(n) <= as.integer(arguments[3]))
lp <- readBin(file.path(arguments[1], "score.bin"), "double", n)
data <- data.frame(treated = treated, lp = lp)[c(order(-lp[treated == 1]), which(treated == 0)), ]
seconds <- c()
for (turn in seq_len(as.integer(arguments[5]))) {
  start <- Sys.time()
  m <- suppressWarnings(matchit(
    treated ~ lp, data = data, method = "nearest", estimand = "ATT", replace = FALSE, m.order = "data",
    distance = if (arguments[6] == "score") data$lp else
      abs(outer(data$lp[data$treated == 1], data$lp[data$treated == 0], "-")),
    caliper = as.numeric(arguments[4]), std.caliper = FALSE, ratio = 2))
  seconds <- c(seconds, as.numeric(Sys.time() - start, units = "secs"))
}
taken <- as.integer(m$match.matrix[!is.na(m$match.matrix)]) - 1L
cat(sprintf('{"seconds": %.6f, "controls": [%s]}\n', median(seconds), paste(taken, collapse = ", ")))
