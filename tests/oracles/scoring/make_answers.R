# Random answers for the scoring oracle, by R alone. In this folder: Rscript make_answers.R
# Writes adults.csv, children.csv and youth.csv, 60 rows each: rows 1-20 are complete, the others carry every kind of
# gap. Empty = skipped, -9 = refused, -8 = not applicable.
set.seed(20240607, kind = "Mersenne-Twister", sample.kind = "Rejection")
ROWS <- 60
COMPLETE <- 20
KINDS <- c("maatschappelijk_werk", "ggz", "opvoedhulp", "vrouwenopvang", "politie", "huisarts")

# --- helpers: one questionnaire of complete answers ------------------------------------------------------------------
names_of <- function(prefix, items, width = 2) sprintf("%s_%0*d", prefix, width, items)

answers <- function(prefix, k, from, to, width = 2) {
  x <- matrix(sample(from:to, ROWS * k, replace = TRUE), ROWS)
  colnames(x) <- names_of(prefix, 1:k, width)
  x
}

# Codes 1-8 of the conflict tactics scales: 1 is never, 2 not in the past year. Each row has its own rates, so that
# whole scales without any incident occur as well.
conflict <- function(prefix, k) {
  x <- matrix(0, ROWS, k, dimnames = list(NULL, names_of(prefix, 1:k)))
  for (row in 1:ROWS) {
    before <- sample(c(0, .02, .15), 1)
    past_year <- sample(c(0, .02, .06, .15, .35), 1, prob = c(.15, .25, .2, .2, .2))
    x[row, ] <- sample(1:8, k, replace = TRUE, prob = c(1 - before - past_year, before, rep(past_year / 6, 6)))
  }
  x
}

# --- helpers: gaps ---------------------------------------------------------------------------------------------------
# Text from here on, for "" as well as numbers. `questionnaires` is a list of column names.
with_gaps <- function(d, questionnaires, exact) {
  complete <- d
  later <- (COMPLETE + 1):ROWS
  for (columns in questionnaires) {
    # about 2 % skipped and 1 % refused
    for (row in later) {
      u <- runif(length(columns))
      d[row, columns[u < .02]] <- ""
      d[row, columns[u > .99]] <- "-9"
    }
    # rows 33-44: some with 15-25 % of the questionnaire skipped or refused
    for (row in sample(33:44, 5)) {
      hit <- sample(columns, round(runif(1, .15, .25) * length(columns)))
      d[row, hit] <- sample(c("", "-9"), length(hit), replace = TRUE)
    }
    # rows 21-32: three with the whole questionnaire skipped (one of them partly refused), three not applicable, and
    # one not applicable but for a single cell that was skipped
    whole <- sample(21:32, 7)
    d[whole[1:3], columns] <- ""
    d[whole[3], sample(columns, ceiling(length(columns) / 3))] <- "-9"
    d[whole[4:7], columns] <- "-8"
    if (length(columns) > 1) d[whole[7], sample(columns, 1)] <- ""
  }
  # rows 45-60: exactly n cells of one scale gone, the others of that scale given
  for (case in exact) {
    rows <- sample(45:60, length(case$n))
    for (i in seq_along(rows)) {
      d[rows[i], case$columns] <- complete[rows[i], case$columns]
      d[rows[i], sample(case$columns, case$n[i])] <- sample(c("", "-9", "-8"), case$n[i], replace = TRUE)
    }
  }
  d
}

at <- function(prefix, items, n, width = 2) list(columns = names_of(prefix, items, width), n = n)

as_text <- function(first, ...) {
  x <- cbind(...)
  cbind(first, as.data.frame(matrix(as.character(x), ROWS, dimnames = dimnames(x))))
}

save_csv <- function(d, file) write.csv(d, file, row.names = FALSE, quote = FALSE)

# --- adults ----------------------------------------------------------------------------------------------------------
mansa <- answers("mansa", 16, 1, 7)
mansa[, c(7, 9, 10, 11)] <- sample(1:2, ROWS * 4, replace = TRUE)

help <- NULL
for (kind in KINDS) {
  received <- rbinom(ROWS, 1, .5)
  received[c(3, 11, 50)] <- 0  # no help at all
  useful <- ifelse(received == 1, sample(1:5, ROWS, replace = TRUE), -8)
  important <- ifelse(received == 1, sample(1:5, ROWS, replace = TRUE), -8)
  block <- cbind(received, useful, important)
  colnames(block) <- paste("hulp", kind, c("ontvangen", "nut", "belang"), sep = "_")
  help <- cbind(help, block)
}

adults <- as_text(
  data.frame(respondent = sprintf("r%02d", 1:ROWS)),
  conflict("cts2", 78), answers("ace", 10, 0, 1), answers("tsi", 100, 0, 3, 3), mansa,
  answers("auditc_zelf", 3, 0, 4, 1), answers("auditc_partner", 3, 0, 4, 1),
  veiligheid = sample(1:10, ROWS, replace = TRUE), help, hulp_cijfer = sample(1:10, ROWS, replace = TRUE)
)
adults <- with_gaps(adults, list(
  names_of("cts2", 1:78), names_of("ace", 1:10), names_of("tsi", 1:100, 3), names_of("mansa", 1:16),
  names_of("auditc_zelf", 1:3, 1), names_of("auditc_partner", 1:3, 1), "veiligheid", colnames(help), "hulp_cijfer"
), list(
  at("cts2", c(11, 12, 23, 24, 31, 32, 41, 42, 55, 56, 71, 72), c(2, 3)),
  at("cts2", c(5, 6, 25, 26, 29, 30, 35, 36, 49, 50, 65:70), c(3, 4)),
  at("cts2", c(11, 23, 31, 41, 55, 71), c(1, 2)),
  at("tsi", 26:35, c(1, 2, 2, 3), 3),
  at("tsi", 1:9, c(1, 2), 3),
  at("mansa", c(1:6, 8, 12:16), c(2, 3, 3, 4)),
  at("mansa", c(7, 9:11), 4)
))

# One scale of CTS2 not applicable, the others given; the four of violence not applicable, negotiation given.
sexual <- c(15, 16, 51, 52, 63, 64, 19, 20, 47, 48, 57, 58, 75, 76)
negotiation <- c(1:4, 13, 14, 39, 40, 59, 60, 77, 78)
adults[c(33, 46), names_of("cts2", sexual)] <- "-8"
adults[57, names_of("cts2", setdiff(1:78, negotiation))] <- "-8"

# Gates of the alcohol questions: item 1 = 0 with anything after it, item 1 = -8 with gaps or an answer after it.
gates <- list(c("0", "", "-9"), c("0", "-8", "-8"), c("0", "3", ""), c("-8", "", "-9"), c("-8", "-8", ""),
              c("-8", "2", ""), c("", "0", "0"), c("2", "-8", "1"), c("3", "1", ""), c("0", "", ""))
for (i in seq_along(gates)) {
  adults[46 + i, names_of("auditc_zelf", 1:3, 1)] <- gates[[i]]
  adults[35 + i, names_of("auditc_partner", 1:3, 1)] <- gates[[i]]
}

# Help not received: nut and belang skipped instead of -8, also where every kind is 0; help received, but nut or belang
# not applicable; both answered although nothing was received.
for (kind in KINDS) {
  of_kind <- paste("hulp", kind, c("ontvangen", "nut", "belang"), sep = "_")
  not_received <- which(adults[[of_kind[1]]] == "0")
  adults[intersect(c(34:37, 50:53), not_received), of_kind[2:3]] <- ""
  adults[intersect(c(38, 54), not_received), of_kind[2:3]] <- "4"
}
adults[50, paste("hulp", KINDS, "ontvangen", sep = "_")] <- "0"
adults[c(55, 56), c("hulp_ggz_ontvangen", "hulp_ggz_belang")] <- c("1", "1", "3", "3")
adults[c(55, 56), "hulp_ggz_nut"] <- "-8"
adults[58, c("hulp_ggz_ontvangen", "hulp_ggz_nut", "hulp_ggz_belang")] <- list("1", "-8", "")
save_csv(adults, "adults.csv")

# --- children, a parent about the child ------------------------------------------------------------------------------
age <- c(sample(rep(3:12, 2)), sample(c(0, 0, 1, 1, 2, 2, 3, 12, 13, 13, 14, 17, sample(3:12, 28, replace = TRUE))))
children <- as_text(
  data.frame(child = sprintf("c%02d", 1:ROWS)),
  kind_leeftijd = age, conflict("ctspc", 27), answers("nosik", 25, 1, 6), answers("nosic", 15, 1, 6),
  answers("ppq", 11, 1, 5), answers("mpf", 7, 1, 4), answers("tscyc", 90, 0, 3), answers("simspr", 28, 1, 5),
  answers("security", 15, 1, 5)
)
children <- with_gaps(children, list(
  names_of("ctspc", 1:27), names_of("nosik", 1:25), names_of("nosic", 1:15), names_of("ppq", 1:11),
  names_of("mpf", 1:7), names_of("tscyc", 1:90), names_of("simspr", 1:28), names_of("security", 1:15)
), list(
  at("ctspc", 23:27, c(1, 1, 2)),
  at("ctspc", c(6, 14, 10, 12, 21), c(1, 1, 2)),
  at("ctspc", c(3, 4, 8, 16, 18, 7, 15, 20, 22, 9, 11, 13, 19), c(2, 3)),
  at("nosik", 1:25, c(4, 5, 5, 6)),
  at("nosic", 1:15, c(2, 3, 3, 4)),
  at("ppq", 1:11, c(2, 2, 3)),
  at("mpf", 1:7, c(1, 2)),
  at("tscyc", c(7, 21, 31, 32, 42, 44, 57, 67, 76), c(1, 1, 2)),
  at("simspr", 8:14, c(1, 1, 2)),
  at("security", 1:15, c(2, 3, 3, 4))
))
children[c(46, 59), names_of("ctspc", 23:27)] <- "-8"

# Item C where its place depends on the age: under 2 years severe, from 2 years minor.
young <- which(age < 2 & children$ctspc_03 != "-8")
children$ctspc_03[young] <- rep_len(c("6", "3", ""), length(young))
children$ctspc_03[age == 2 & children$ctspc_03 != "-8"] <- "5"
save_csv(children, "children.csv")

# --- youth, about itself ---------------------------------------------------------------------------------------------
youth <- as_text(
  data.frame(child = sprintf("k%02d", 1:ROWS)),
  leeftijd = sample(8:17, ROWS, replace = TRUE), conflict("ctspck", 37), answers("tscc", 54, 0, 3),
  answers("sis", 44, 1, 4), answers("security_moeder", 15, 1, 5), answers("security_vader", 15, 1, 5),
  answers("kidscreen", 27, 1, 5)
)
youth <- with_gaps(youth, list(
  names_of("ctspck", 1:37), names_of("tscc", 1:54), names_of("sis", 1:44), names_of("security_moeder", 1:15),
  names_of("security_vader", 1:15), names_of("kidscreen", 1:27)
), list(
  at("ctspck", 23:37, c(2, 3, 3, 4)),
  at("ctspck", c(6, 14, 10, 12, 21), c(1, 1, 2)),
  at("tscc", c(1, 3, 10, 11, 12, 24, 25, 35, 43, 51), c(1, 2, 2, 3)),
  at("tscc", c(2, 15, 24, 25, 32, 33, 39, 41, 50), c(1, 2)),
  at("sis", 1:10, c(1, 2, 2, 3)),
  at("sis", 11:14, 1),
  at("sis", 30:34, c(1, 1, 2)),
  at("security_moeder", 1:15, c(2, 3, 3, 4)),
  at("security_vader", 1:15, c(2, 3, 3, 4)),
  at("kidscreen", 20:23, c(0, 1))
))
youth[c(46, 59), names_of("ctspck", c(6, 14, 10, 12, 21))] <- "-8"
save_csv(youth, "youth.csv")
