# Scores of psych on the answers that scoring.py wrote: time of the median of three turns, means of each scale.
suppressMessages(library(psych))
folder <- commandArgs(TRUE)[1]
out <- c(version = paste0('"', packageVersion("psych"), '"'))
for (file in sort(list.files(folder, "json$"))) {
  name <- sub(".json", "", file, fixed = TRUE)
  # a reader of this one shape of JSON, so that no package is needed
  facts <- readLines(file.path(folder, file), warn = FALSE)
  number <- function(key) as.numeric(sub(paste0('.*"', key, '": ([0-9]+).*'), "\\1", facts))
  keys_text <- sub('.*"keys": \\{(.*?)\\}, "recode".*', "\\1", facts, perl = TRUE)
  parts <- regmatches(keys_text, gregexpr('"[^"]+": \\[[^]]*\\]', keys_text))[[1]]
  keys <- lapply(parts, function(p) as.numeric(strsplit(sub('.*\\[(.*)\\]', "\\1", p), ",")[[1]]))
  names(keys) <- sub('"([^"]+)".*', "\\1", parts)
  recode <- sub('.*"recode": \\[(.*?)\\].*', "\\1", facts, perl = TRUE)
  recode <- if (nchar(recode)) as.numeric(strsplit(recode, ",")[[1]]) else NULL
  answers <- matrix(readBin(file.path(folder, paste0(name, ".bin")), "double", number("rows") * number("columns")),
                    nrow = number("rows"))
  colnames(answers) <- paste0("i", seq_len(ncol(answers)))
  keys <- lapply(keys, function(k) colnames(answers)[k])
  seconds <- c()
  for (turn in 1:3) {
    start <- proc.time()[["elapsed"]]
    values <- answers
    if (!is.null(recode)) values[] <- recode[values - number("lowest") + 1]
    scored <- suppressMessages(suppressWarnings(scoreItems(keys, values, impute = "none")))
    seconds <- c(seconds, proc.time()[["elapsed"]] - start)
  }
  writeBin(as.vector(scored$scores[, names(keys)]), file.path(folder, paste0(name, ".scores")))
  out[name] <- format(median(seconds), digits = 6)
}
cat("{", paste0('"', names(out), '": ', out, collapse = ", "), "}\n")
