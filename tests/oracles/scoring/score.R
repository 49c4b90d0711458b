# Scores of all instruments, by plain R, to check the project's own scoring against. In this folder: Rscript score.R
# Reads adults.csv, children.csv and youth.csv, writes expected.csv: one line per person and score.
# A cell is a number, NA (skipped or refused) or -8 (not applicable).

# --- the rules for missing answers -----------------------------------------------------------------------------------
absent <- function(x) is.na(x) | x == -8
given <- function(x) x[!absent(x)]

# The share of missing cells may be at most `limit`; -8 counts as missing unless all cells are -8.
status_of <- function(x, limit) {
  if (!anyNA(x) && all(x == -8)) return("not_applicable")
  if (all(absent(x)) || sum(absent(x)) > limit * length(x) + 1e-9) return("missing")
  "ok"
}

result <- function(status, value) list(status = status, value = if (status == "ok") value else NA)

half_up <- function(x) floor(x + .5 + 1e-9)

# --- kinds of scores -------------------------------------------------------------------------------------------------
total <- function(x, limit) result(status_of(x, limit), sum(given(x)))                          # fill "none"
filled_total <- function(x, limit) result(status_of(x, limit), mean(given(x)) * length(x))      # fill "person_mean"
rounded_total <- function(x, limit) result(status_of(x, limit), half_up(mean(given(x)) * length(x)))
average <- function(x, limit) result(status_of(x, limit), mean(given(x)))
count_of <- function(x, code) result(status_of(x, 0), sum(given(x) == code))
single <- function(x) total(x, 0)

# Sum of scores: one that is missing makes it missing. One that is not applicable does too, or it adds 0.
sum_of <- function(parts, not_applicable_adds_0 = FALSE) {
  status <- sapply(parts, `[[`, "status")
  value <- sapply(parts, `[[`, "value")
  if (all(status == "not_applicable")) return(result("not_applicable", NA))
  if (any(status == "missing")) return(result("missing", NA))
  if (any(status == "not_applicable") && !not_applicable_adds_0) return(result("missing", NA))
  result("ok", sum(value[status == "ok"]))
}

# --- conflict tactics scales -----------------------------------------------------------------------------------------
CTS_LIMIT <- .2

incidents <- function(x) {
  known <- !absent(x)
  x[known] <- c(0, 0, 1, 2, 4, 8, 15, 25)[x[known]]
  x
}

# 1 when any code is that high, 0 only when every cell says it is not
prevalence <- function(codes, lowest) {
  if (any(given(codes) >= lowest)) return(result("ok", 1))
  result(status_of(codes, 0), 0)
}

# The part takes the status of the whole scale.
part_total <- function(part, whole) {
  status <- status_of(whole, CTS_LIMIT)
  if (status == "ok" && all(absent(part))) status <- "missing"
  result(status, sum(given(part)))
}

cts_scores <- function(x, minor, severe) {
  codes <- x[c(minor, severe)]
  whole <- incidents(codes)
  out <- list(total(whole, CTS_LIMIT))
  names(out) <- ""
  if (length(minor) && length(severe)) {
    out$.minor <- part_total(incidents(x[minor]), whole)
    out$.severe <- part_total(incidents(x[severe]), whole)
  }
  out$.year <- prevalence(codes, 3)
  out$.ever <- prevalence(codes, 2)
  out
}

named <- function(prefix, scores) setNames(scores, paste0(prefix, names(scores)))

# Odd numbers; the partner's cell is the next one.
CTS2 <- list(
  negotiation = list(minor = c(1, 13, 39, 3, 59, 77), severe = NULL),
  psychological = list(minor = c(5, 35, 49, 67), severe = c(25, 29, 65, 69)),
  physical = list(minor = c(7, 9, 17, 45, 53), severe = c(21, 27, 33, 37, 43, 61, 73)),
  sexual = list(minor = c(15, 51, 63), severe = c(19, 47, 57, 75)),
  injury = list(minor = c(11, 71), severe = c(23, 31, 41, 55))
)

cts2 <- function(x) {
  out <- list()
  for (scale in names(CTS2)) {
    minor <- CTS2[[scale]]$minor
    severe <- CTS2[[scale]]$severe
    odd <- c(minor, severe)
    even <- odd + 1
    both <- function(items) if (length(items)) c(items, items + 1)
    name <- paste0("cts2.", scale)
    out <- c(out, named(name, cts_scores(x, both(minor), both(severe))))
    # Injuries are worded from the injured side: those in the odd items were inflicted by the partner.
    by_respondent <- if (scale == "injury") even else odd
    by_partner <- if (scale == "injury") odd else even
    out[[paste0(name, ".own")]] <- total(incidents(x[by_respondent]), CTS_LIMIT)
    out[[paste0(name, ".partner")]] <- total(incidents(x[by_partner]), CTS_LIMIT)
    chronicity <- out[[name]]
    if (chronicity$status == "ok" && chronicity$value == 0) chronicity <- result("missing", NA)
    out[[paste0(name, ".chronicity")]] <- chronicity
  }
  violence <- paste0("cts2.", c("psychological", "physical", "sexual", "injury"))
  out$cts2.partner_violence <- sum_of(out[violence], not_applicable_adds_0 = TRUE)
  out
}

# Items A-V are 1-22. Item C is severe for a child under 2 years.
ctspc <- function(x, age, with_neglect, with_witness) {
  item <- function(...) match(c(...), LETTERS)
  corporal <- item("D", "H", "P", "R")
  assault <- item("G", "O", "T", "V", "I", "K", "M", "S")
  c_minor <- if (age < 2) NULL else item("C")
  c_severe <- if (age < 2) item("C")
  out <- c(
    named("ctspc.nonviolent", cts_scores(x, item("A", "B", "E", "Q"), NULL)),
    named("ctspc.psychological", cts_scores(x, item("F", "N"), item("J", "L", "U"))),
    named("ctspc.physical", cts_scores(x, c(c_minor, corporal), c(assault, c_severe)))
  )
  if (with_neglect) out <- c(out, named("ctspc.neglect", cts_scores(x, 23:27, NULL)))
  if (with_witness) out <- c(out, named("ctspc.witness", cts_scores(x, 23:37, NULL)))
  abuse <- paste0("ctspc.", c("psychological", "physical", if (with_neglect) "neglect"))
  out$ctspc.child_abuse <- sum_of(out[abuse], not_applicable_adds_0 = TRUE)
  out
}

# --- questionnaires of adults ----------------------------------------------------------------------------------------
ace <- function(x) {
  status <- status_of(x, 1)  # only all missing is missing
  list(
    ace.count = total(x, 0),
    ace.count.at_least = result(status, sum(given(x))),
    ace.count.at_most = result(status, sum(given(x)) + sum(absent(x)))
  )
}

# Illustrative key: consecutive blocks; validity scales left out.
TSI <- list(AA = 1:9, D = 10:17, AI = 18:25, IE = 26:35, DA = 36:43, DIS = 44:52, SC = 53:61, DSB = 62:70,
            ISR = 71:79, TRB = 80:87)

tsi <- function(x) named("tsi.", lapply(TSI, function(items) rounded_total(x[items], .2)))

mansa <- function(x) {
  mark <- average(x[c(1:6, 8, 12:16)], .25)
  mark$value <- 1 + (mark$value - 1) * 9 / 6
  list(mansa.mark = mark)
}

auditc <- function(x, name) {
  if (x[1] %in% 0) x[2:3] <- 0
  if (x[1] %in% -8) x[2:3][is.na(x[2:3])] <- -8
  days <- c(0, .230, .690, 2.5, 5)
  drinks <- c(1.5, 3.5, 5.5, 8, 12)
  status <- status_of(x[1:2], 0)
  out <- list(.total = total(x, 0), .drinks_per_week = result(status, days[x[1] + 1] * drinks[x[2] + 1]))
  named(name, out)
}

FORMAL_HELP <- c("maatschappelijk_werk", "ggz", "opvoedhulp", "vrouwenopvang")

help <- function(row) {
  received <- row[paste0("hulp_", FORMAL_HELP, "_ontvangen")]
  useful <- row[paste0("hulp_", FORMAL_HELP, "_nut")]
  important <- row[paste0("hulp_", FORMAL_HELP, "_belang")]
  useful[received %in% 0] <- -8
  important[received %in% 0] <- -8
  # a question that does not apply takes those behind it with it
  useful[received %in% -8 & is.na(useful)] <- -8
  important[received %in% -8 & is.na(important)] <- -8
  if (anyNA(useful) || anyNA(important)) {
    satisfaction <- result("missing", NA)
  } else {
    rated <- useful != -8 & important != -8
    satisfaction <- if (!any(rated)) result("not_applicable", NA) else
      result("ok", sum(useful[rated] * important[rated]) / sum(important[rated]))
  }
  list(help.formal_received = total(received, 0), help.satisfaction = satisfaction,
       help.mark = single(row["hulp_cijfer"]))
}

# --- questionnaires about and of children ----------------------------------------------------------------------------
TSCC <- list(
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
)
TSCC_UNDER <- c(1, 2, 6, 9, 10, 19, 28, 41, 49, 53)
TSCC_HYPER <- c(1, 18, 24, 25, 26, 27, 39, 45)

tscc <- function(x) {
  out <- named("tscc.", lapply(TSCC, function(items) rounded_total(x[items], .2)))
  out$tscc.underresponse <- count_of(x[TSCC_UNDER], 0)
  out$tscc.hyperresponse <- count_of(x[TSCC_HYPER], 3)
  out
}

TSCYC <- list(
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
TSCYC_RESPONSE_LEVEL <- c(3, 14, 22, 53, 66, 73, 83, 86, 89)

# Both questionnaires for children of 3 up to but not including 13.
for_ages_3_to_12 <- function(scores, age) {
  if (age >= 3 && age < 13) scores else lapply(scores, function(score) result("not_applicable", NA))
}

tscyc <- function(x, age) {
  out <- named("tscyc.", lapply(TSCYC, function(items) rounded_total(x[items], .2)))
  out$tscyc.posttraumatic_stress <- sum_of(out[c("tscyc.intrusion", "tscyc.avoidance", "tscyc.arousal")])
  out$tscyc.response_level <- count_of(x[TSCYC_RESPONSE_LEVEL], 0)
  for_ages_3_to_12(out, age)
}

# Illustrative keys: consecutive blocks.
SIMSPR <- list(reactivity = 1:7, dysregulation = 8:14, avoidance = 15:21, involvement = 22:28)
SIS <- list(reactivity = 1:10, dysregulation = 11:14, avoidance = 15:22, involvement = 23:29, constructive = 30:34,
            destructive = 35:39, spillover = 40:44)

insecurity <- function(x, name, key) {
  out <- named(name, lapply(key, function(items) average(x[items], .2)))
  out[[paste0(name, "insecurity")]] <- sum_of(out[1:4])
  out
}

kidscreen <- function(x) {
  reversed <- c(1, 9, 10, 11)
  for (item in reversed) if (!absent(x[item])) x[item] <- 6 - x[item]
  scales <- list(physical = 1:5, psychological = 6:12, autonomy = 13:19, peers = 20:23, school = 24:27,
                 index10 = c(2, 5, 9, 11, 13, 14, 16, 21, 25, 26))
  named("kidscreen.", lapply(scales, function(items) total(x[items], 0)))
}

# --- the three files -------------------------------------------------------------------------------------------------
score_adult <- function(row, cells) {
  c(cts2(cells("cts2", 78)), ace(cells("ace", 10)), tsi(cells("tsi", 100, 3)), mansa(cells("mansa", 16)),
    auditc(cells("auditc_zelf", 3, 1), "auditc_own"), auditc(cells("auditc_partner", 3, 1), "auditc_partner"),
    list(safety.mark = single(row["veiligheid"])), help(row))
}

score_child <- function(row, cells) {
  age <- row["kind_leeftijd"]
  c(ctspc(cells("ctspc", 27), age, with_neglect = TRUE, with_witness = FALSE),
    list(nosik.stress = filled_total(cells("nosik", 25), .2), nosic.competence = filled_total(cells("nosic", 15), .2),
         ppq.warmth = filled_total(cells("ppq", 11), .2), mpf.autonomy = average(cells("mpf", 7), .2)),
    tscyc(cells("tscyc", 90), age), for_ages_3_to_12(insecurity(cells("simspr", 28), "simspr.", SIMSPR), age),
    list(security.parent = average(cells("security", 15), .2)))
}

score_youth <- function(row, cells) {
  c(ctspc(cells("ctspck", 37), row["leeftijd"], with_neglect = FALSE, with_witness = TRUE), tscc(cells("tscc", 54)),
    insecurity(cells("sis", 44), "sis.", SIS),
    list(security.mother = average(cells("security_moeder", 15), .2),
         security.father = average(cells("security_vader", 15), .2)),
    kidscreen(cells("kidscreen", 27)))
}

score_file <- function(file, score_row) {
  d <- read.csv(paste0(file, ".csv"), na.strings = "")
  answers <- as.matrix(d[-1])
  stopifnot(is.numeric(answers), !anyDuplicated(d[[1]]))
  answers[answers %in% -9] <- NA
  lines <- list()
  for (i in seq_len(nrow(d))) {
    row <- answers[i, ]
    cells <- function(prefix, k, width = 2) unname(row[sprintf("%s_%0*d", prefix, width, 1:k)])
    scores <- score_row(row, cells)
    value <- sapply(scores, `[[`, "value")
    status <- sapply(scores, `[[`, "status")
    stopifnot(!anyDuplicated(names(scores)), !is.na(value[status == "ok"]), is.na(value[status != "ok"]))
    lines[[i]] <- data.frame(file = file, id = d[i, 1], score = names(scores),
                             value = ifelse(status == "ok", sprintf("%.12g", value), ""), status = status)
  }
  do.call(rbind, lines)
}

expected <- rbind(score_file("adults", score_adult), score_file("children", score_child),
                  score_file("youth", score_youth))
write.csv(expected, "expected.csv", row.names = FALSE, quote = FALSE)
