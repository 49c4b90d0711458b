# Compares the sums of TSCC and TSCYC in expected.csv with those of psych::scoreItems, on the 20 complete rows of each
# file. In this folder, after make_answers.R and score.R: Rscript check_psych.R
suppressPackageStartupMessages(library(psych))

compare <- function(file, prefix, keys) {
  answers <- read.csv(paste0(file, ".csv"), na.strings = "")[1:20, ]
  items <- answers[grep(paste0("^", prefix, "_"), names(answers))]
  stopifnot(!anyNA(items), items >= 0)
  keys <- lapply(keys, function(k) sprintf("%s_%02d", prefix, k))
  totals <- suppressWarnings(scoreItems(keys, items, totals = TRUE, impute = "none", min = 0, max = 3))$scores
  expected <- read.csv("expected.csv", na.strings = "")
  worst <- 0
  for (scale in names(keys)) {
    ours <- expected[expected$file == file & expected$score == paste0(prefix, ".", scale), ]
    ours <- ours[match(answers[[1]], ours$id), ]
    stopifnot(ours$status == "ok")
    worst <- max(worst, abs(ours$value - totals[, scale]))
  }
  cat(sprintf("%s: %d scales, %d rows, largest difference %.2g\n", prefix, length(keys), nrow(items), worst))
}

compare("youth", "tscc", list(
  anxiety = c(2, 15, 24, 25, 32, 33, 39, 41, 50),
  depression = c(7, 9, 14, 20, 26, 27, 28, 42, 52),
  anger = c(6, 13, 16, 19, 21, 36, 37, 46, 49),
  posttraumatic_stress = c(1, 3, 10, 11, 12, 24, 25, 35, 43, 51),
  dissociation = c(5, 11, 18, 29, 30, 31, 38, 45, 48, 53),
  dissociation_overt = c(11, 18, 29, 30, 31, 45, 48),
  dissociation_fantasy = c(5, 38, 53),
  sexual_concerns = c(4, 8, 17, 22, 23, 34, 40, 44, 47, 54),
  sexual_preoccupation = c(4, 8, 17, 22, 23, 44, 47),
  sexual_distress = c(23, 34, 40, 54)
))
tscyc <- list(
  anxiety = c(7, 21, 31, 32, 42, 44, 57, 67, 76),
  depression = c(2, 18, 41, 54, 61, 68, 71, 84, 88),
  anger = c(1, 15, 23, 34, 43, 58, 62, 87, 90),
  intrusion = c(4, 11, 19, 24, 27, 36, 63, 69, 80),
  avoidance = c(8, 13, 29, 39, 49, 55, 70, 72, 81),
  arousal = c(10, 17, 26, 45, 47, 48, 56, 74, 82),
  dissociation = c(5, 25, 28, 33, 38, 46, 52, 78, 85),
  sexual_concerns = c(6, 12, 16, 20, 35, 50, 59, 65, 75),
  atypical = c(9, 30, 37, 40, 51, 60, 64, 77, 79)
)
compare("children", "tscyc", c(tscyc, list(
  posttraumatic_stress = c(tscyc$intrusion, tscyc$avoidance, tscyc$arousal))))
