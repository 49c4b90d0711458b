# The study of Groningen as an able analyst does it in R: from the raw .sav exports to a report in HTML and PDF.
#
#     Rscript peers.R project exports output
#
# Reads the project's own definitions (resources/, config/), so that both do the same study. Writes report.html,
# report.pdf, the numbers that peers.py compares, and the seconds of each stage. What it does not do: README.md.
started <- proc.time()[["elapsed"]]
suppressPackageStartupMessages({
  library(haven)
  library(psych)
  library(MatchIt)
  library(afex)
  library(clubSandwich)
  library(ggplot2)
  library(rmarkdown)
})
given <- normalizePath(commandArgs(TRUE))
project <- given[1]
output <- given[3]
seconds <- numeric()
stage <- function(name) seconds[[name]] <<- proc.time()[["elapsed"]] - started - sum(seconds)
or <- function(x, otherwise) if (is.null(x)) otherwise else x
quietly <- function(work) suppressMessages(suppressWarnings(work))
definition <- function(...) yaml::read_yaml(file.path(project, ...))
here <- file.path(project, "benchmarks/peers")
config <- definition("config/config.yaml")
study <- definition("config/studies/groningen.yaml")
instruments <- lapply(list.files(file.path(project, "resources/instruments"), "[.]yaml$", full.names = TRUE),
                      yaml::read_yaml)
names(instruments) <- sapply(instruments, `[[`, "instrument")
outcomes <- definition("config/outcomes.yaml")[unique(c(study$background, study$problems, study$outcomes))]
# every scale of the instruments of the appendix, as a mean
for (def in instruments[study$appendix]) for (scale in names(def$scales)) {
  outcomes[[paste0(def$instrument, "__", scale)]] <- list(
    variable = paste0(def$instrument, ".", scale), unit = names(def$units), kind = "mean", section = "appendix",
    label = def$scales[[scale]]$label, instrument = def$label, decimals = 1)
}
waves <- config$waves
first <- waves[1]
stage("libraries")

# ---- exports ---------------------------------------------------------------------------------------------------------
# From here on a missing answer is NA, one that does not apply -Inf, what was not asked Inf: only numbers are finite.
read_export <- function(path) {
  x <- read_sav(path, user_na = TRUE)
  x[] <- lapply(x, function(column) {
    if (!is.numeric(column) || inherits(column, "Date")) return(column)
    declared <- attr(column, "na_values")
    column <- as.double(column)
    none <- column %in% declared | (column < 0 & column %in% unlist(config$missing_codes))
    column[none] <- ifelse(column[none] %in% config$missing_codes$not_applicable, -Inf, NA)
    column
  })
  as.data.frame(x)
}
paths <- list.files(given[2], "[.]sav$", full.names = TRUE)
exports <- lapply(setNames(paths, sub(".sav", "", basename(paths), fixed = TRUE)), read_export)
households <- exports$huishoudens
stage("reading")

# ---- scores ----------------------------------------------------------------------------------------------------------
# "view item" -> column of an export
form_cells <- function(form) {
  unlist(lapply(names(form$views), function(view) {
    v <- form$views[[view]]
    columns <- v$columns
    number <- seq_along(columns)
    if (!is.null(v$first)) {
      number <- seq(v$first, v$last, by = or(v$step, 1))
      columns <- sprintf(sub("\\{:?(\\d*)d?\\}", "%\\1d", columns), number)
    }
    item <- number + or(v$shift, 0)
    for (span in names(v$move)) {
      ends <- as.numeric(strsplit(span, "-")[[1]])
      moved <- number >= ends[1] & number <= ends[2]
      item[moved] <- v$move[[span]] + number[moved] - ends[1]
    }
    setNames(columns, paste(view, item))
  }))
}
items_of <- function(items) {
  if (!is.character(items)) return(unlist(items))
  ends <- as.numeric(strsplit(items, "-")[[1]])
  ends[1]:ends[2]
}
scale_items <- function(scale) {
  if (!is.null(scale$pairs)) unlist(scale$pairs)
  else if (!is.null(scale$parts)) unlist(scale$parts)
  else c(items_of(scale$items), unlist(scale$weights))
}
forms_of <- function(def, unit, scale = NULL) {
  intersect(or(unit$forms, names(def$forms)), or(scale$forms, names(def$forms)))
}
scale_cells <- function(def, scale, forms) {
  cells <- unlist(lapply(def$forms[forms], function(form) names(form_cells(form))))
  view <- sub(" .*", "", cells)
  unique(cells[sub(".* ", "", cells) %in% scale_items(scale) & view %in% or(scale$views, view)])
}

close_gates <- function(x, gates) {
  for (gate in gates) for (view in unique(sub(" .*", "", colnames(x)))) {
    keeper <- x[, paste(view, gate$item)]
    behind <- c(gate$set, setNames(rep(list(-Inf), length(gate$not_applicable)), gate$not_applicable))
    for (item in names(behind)) {
      cell <- paste(view, item)
      x[keeper %in% gate$equals, cell] <- behind[[item]]
      x[keeper %in% -Inf & is.na(x[, cell]), cell] <- -Inf
    }
  }
  x
}

# The answers of a form at a wave: a row a report, recoded and turned round; NULL where they were not asked.
answers_of_form <- function(def, form, wave) {
  spec <- def$forms[[form]]
  table <- exports[[paste0(wave, "_", spec$table)]]
  cells <- form_cells(spec)
  if (is.null(table) || !all(cells %in% names(table))) return(NULL)
  low <- def$answers[1]
  high <- def$answers[2]
  x <- as.matrix(table[cells])
  dimnames(x) <- list(NULL, names(cells))
  none <- is.finite(x) & (x < low | x > high)
  x[none] <- ifelse(x[none] %in% config$missing_codes$not_applicable, -Inf, NA)
  x <- close_gates(x, def$gates)
  known <- is.finite(x)
  if (!is.null(def$recode)) x[known] <- unlist(def$recode)[x[known] - low + 1]
  turned <- sub(".* ", "", colnames(x)) %in% def$reverse
  x[, turned][known[, turned]] <- low + high - x[, turned][known[, turned]]
  column <- function(name) if (is.null(name)) NA_real_ else ifelse(is.finite(table[[name]]), table[[name]], NA)
  rows <- data.frame(household = table$huishouden_id, adult = or(table$respondent_id, ""),
                     child = or(table$kind_id, ""), wave, form, age = column(spec$age), sex = column(spec$sex))
  list(x = x, rows = rows)
}

read_answers <- function(def, forms) {
  parts <- list()
  for (form in forms) for (wave in waves) parts[[paste(form, wave)]] <- answers_of_form(def, form, wave)
  cells <- unique(unlist(lapply(parts, function(part) colnames(part$x))))
  x <- do.call(rbind, lapply(parts, function(part) {
    whole <- matrix(NA_real_, nrow(part$x), length(cells), dimnames = list(NULL, cells))
    whole[, colnames(part$x)] <- part$x
    whole
  }))
  rows <- do.call(rbind, lapply(parts, function(part) part$rows))
  asked <- sapply(forms, function(form) rows$form == form)
  list(x = x, rows = rows, asked = matrix(asked, nrow(rows), dimnames = list(NULL, forms)))
}

# Of all reports on a unit and wave the highest: a number before "does not apply", and that before missing.
highest <- function(x, unit, of) {
  nth <- ave(seq_along(unit), unit, FUN = seq_along)
  result <- x[nth == 1, , drop = FALSE][match(of, unit[nth == 1]), , drop = FALSE]
  for (n in seq_len(max(nth))[-1]) {
    more <- match(unit[nth == n], of)
    result[more, ] <- pmax(result[more, , drop = FALSE], x[nth == n, , drop = FALSE], na.rm = TRUE)
  }
  result
}

combine <- function(a, unit) {
  of <- unique(unit)
  known <- highest(as.matrix(a$rows[c("age", "sex")]), unit, of)
  rows <- a$rows[match(of, unit), ]
  rows[c("age", "sex")] <- known
  list(x = highest(a$x, unit, of), rows = rows, asked = highest(a$asked + 0, unit, of) > 0)
}

# Two adults of a household tell of the same acts: own acts of the one are acts of the partner for the other.
mirrored <- function(a) {
  total <- rowSums(ifelse(is.finite(a$x), a$x, 0))
  place <- ave(-total, paste(a$rows$household, a$rows$wave), FUN = function(x) rank(x, ties.method = "first"))
  own <- sub("^own", "partner", colnames(a$x))
  other <- ifelse(own == colnames(a$x), sub("^partner", "own", colnames(a$x)), own)
  a$x[place > 1, ] <- a$x[place > 1, other]
  a
}

look_up <- function(codes, table) unname(unlist(table)[match(codes, as.numeric(names(table)))])
half_up <- function(value) floor(value + 0.5 + 1e-9)

score_scale <- function(def, unit, scale, a, outside) {
  forms <- forms_of(def, unit, scale)
  v <- a$x[, intersect(colnames(a$x), scale_cells(def, scale, forms)), drop = FALSE]
  item <- as.numeric(sub(".* ", "", colnames(v)))
  of_item <- function(number) v[, match(number, item)]
  valid <- is.finite(v)
  v0 <- ifelse(valid, v, 0)
  n <- rowSums(valid)
  k <- ncol(v)
  rule <- modifyList(def$missing, or(scale$missing, list()))
  few <- k - n > rule$max_share * k + 1e-9 | n == 0
  not_asked <- rowSums(a$asked[, intersect(forms, colnames(a$asked)), drop = FALSE]) == 0
  not_applicable <- outside | rowSums(is.infinite(v)) == k
  op <- or(scale$op, "sum")
  mean <- rowSums(v0) / pmax(n, 1)
  value <- switch(op,
    sum = rowSums(v0) + if (rule$fill == "person_mean") mean * (k - n) else 0,
    mean = mean,
    count = rowSums(matrix(v %in% scale$code, nrow(v))) + 0,
    product = Reduce(`*`, lapply(scale$items, function(i) look_up(of_item(i), scale$tables[[as.character(i)]]))),
    inconsistency = Reduce(`+`, lapply(scale$pairs, function(pair) {
      abs(ifelse(is.finite(of_item(pair[1])), of_item(pair[1]), NA) - of_item(pair[2]))
    })),
    weighted_mean = {
      use <- v[, match(scale$items, item)]
      worth <- v[, match(scale$weights, item)]
      both <- is.finite(use) & is.finite(worth)
      few <- rowSums(is.na(use) | is.na(worth)) > 0
      not_applicable <- not_applicable | (rowSums(both) == 0 & !few)
      rowSums(ifelse(both, use * worth, 0)) / rowSums(ifelse(both, worth, 0))
    })
  if (!is.null(scale$rescale)) {
    from <- scale$rescale$from
    to <- scale$rescale$to
    value <- to[1] + (value - from[1]) * (to[2] - to[1]) / (from[2] - from[1])
  }
  if (identical(rule$round, "half_up")) value <- half_up(value)
  finish <- function(value, missing) {
    value[missing] <- NA
    value[not_applicable] <- -Inf
    value[not_asked] <- Inf
    value
  }
  result <- list(finish(value, few))
  names(result) <- ""
  for (part in names(scale$parts)) {
    mine <- matrix(rep(item %in% scale$parts[[part]], each = nrow(v)), nrow(v))
    for (move in scale$moves) {
      moved <- which(a$rows$age < move$below_age)
      mine[moved, item == move$item] <- move$to == part
    }
    known <- rowSums(v0 * mine)
    unanswered <- rowSums(valid & mine) == 0 & rowSums(mine) > 0
    result[[paste0(".", part)]] <- finish(known, few | unanswered)
    result[[paste0(".", part, ".known")]] <- finish(known, n == 0)
  }
  if (isTRUE(scale$bounds)) {
    result[[".at_least"]] <- finish(rowSums(v0) + def$answers[1] * (k - n), n == 0)
    result[[".at_most"]] <- finish(rowSums(v0) + def$answers[2] * (k - n), n == 0)
  }
  result
}

# All scales of an instrument, totals last: a scale that does not apply, or was not asked, adds nothing to a total.
score_rows <- function(def, unit, a) {
  age <- a$rows$age
  outside <- !is.null(def$ages) & !is.na(age) & (age < or(def$ages$from, -Inf) | age >= or(def$ages$below, Inf))
  scores <- list()
  for (name in names(def$scales)) {
    scale <- def$scales[[name]]
    if (is.null(scale$total_of) && length(forms_of(def, unit, scale))) {
      found <- score_scale(def, unit, scale, a, outside)
      scores[paste0(name, names(found))] <- found
    }
  }
  for (name in names(def$scales)) for (suffix in c("", ".minor", ".severe", ".minor.known", ".severe.known")) {
    terms <- intersect(paste0(def$scales[[name]]$total_of, suffix), names(scores))
    if (is.null(def$scales[[name]]$total_of) || !length(terms)) next
    terms <- do.call(cbind, scores[terms])
    out <- is.infinite(terms)
    known <- endsWith(suffix, ".known")
    total <- rowSums(ifelse(out, 0, terms), na.rm = known)
    if (known) total[rowSums(out | is.na(terms)) == ncol(terms)] <- NA
    total[rowSums(out) == ncol(terms)] <- Inf
    total[rowSums(out) == ncol(terms) & rowSums(matrix(terms %in% -Inf, nrow(terms))) > 0] <- -Inf
    scores[[paste0(name, suffix)]] <- total
  }
  do.call(cbind, scores)
}

# Scores of reports on one unit: the mean of those that there are.
mean_of_reports <- function(scores, unit, of) {
  known <- is.finite(scores)
  number <- rowsum(known + 0, unit)[of, , drop = FALSE]
  mean <- rowsum(ifelse(known, scores, 0), unit)[of, , drop = FALSE] / pmax(number, 1)
  ranks <- ifelse(scores %in% -Inf, 2, ifelse(is.na(scores), 1, 0))
  rank <- highest(matrix(ranks, nrow(scores)), unit, of)
  ifelse(number > 0, mean, c(Inf, NA, -Inf)[rank + 1])
}

t_scores <- function(def, scores) {
  manifest <- definition("resources/norms/illustrative/manifest.yaml")[[def$instrument]]
  if (is.null(manifest)) return(scores)
  norm <- read.csv(file.path(project, "resources/norms/illustrative", manifest$file), comment.char = "#")
  stopifnot(manifest$kind == "linear", is.na(norm$sex), is.na(norm$age_from))
  for (name in intersect(unlist(def$norm_scales), colnames(scores))) {
    of <- norm[norm$scale == name, ]
    scores <- cbind(scores, 50 + 10 * (scores[, name] - of$mean) / of$sd)
    colnames(scores)[ncol(scores)] <- paste0(name, ".t")
  }
  scores
}

score_unit <- function(def, unit) {
  spec <- def$units[[unit]]
  a <- read_answers(def, forms_of(def, spec))
  if (!is.null(spec$mirror)) a <- mirrored(a)
  key <- paste(a$rows[[unit]], a$rows$wave)
  if (identical(spec$at, "scale")) {
    of <- unique(key)
    rows <- a$rows[match(of, key), ]
    scores <- mean_of_reports(score_rows(def, spec, a), key, of)
  } else {
    if (anyDuplicated(key)) a <- combine(a, key)
    rows <- a$rows
    scores <- score_rows(def, spec, a)
  }
  scores <- t_scores(def, scores)
  list(key = paste(rows[[unit]], rows$wave), scores = scores)
}

# Who took part when: a row a unit and wave, and then a column a score
people_of <- function(unit, tables) {
  found <- do.call(rbind, lapply(names(exports)[sub(".*_", "", names(exports)) %in% tables], function(name) {
    table <- exports[[name]]
    id <- table[[c(adult = "respondent_id", child = "kind_id", household = "huishouden_id")[[unit]]]]
    data.frame(unit_id = id, household = table$huishouden_id, wave = sub("_.*", "", name))
  }))
  unique(found)
}
reporting <- list(adult = "volwassenen", child = c("kinderen", "jeugd"),
                  household = c("volwassenen", "kinderen", "jeugd"))
people <- lapply(setNames(nm = names(reporting)), function(unit) people_of(unit, reporting[[unit]]))
youth <- people_of("child", "jeugd")
for (def in instruments) for (unit in names(def$units)) {
  found <- score_unit(def, unit)
  at <- match(paste(people[[unit]]$unit_id, people[[unit]]$wave), found$key)
  scores <- found$scores[at, , drop = FALSE]
  scores[is.na(at), ] <- Inf
  people[[unit]][paste0(def$instrument, ".", colnames(scores))] <- as.data.frame(scores)
}
stage("scores")

# Cronbach's alpha at the first measurement, of complete rows of single reports, as SPSS gives it
alpha_rows <- function(def) {
  do.call(rbind, lapply(names(def$forms), function(form) {
    a <- answers_of_form(def, form, first)
    if (is.null(a)) return(NULL)
    age <- a$rows$age
    x <- a$x[is.null(def$ages) | is.na(age) | (age >= or(def$ages$from, -Inf) & age < or(def$ages$below, Inf)), ,
             drop = FALSE]
    do.call(rbind, lapply(names(def$scales), function(name) {
      scale <- def$scales[[name]]
      if (!form %in% or(scale$forms, form) || !or(scale$op, "sum") %in% c("sum", "mean")) return(NULL)
      parts <- if (is.null(scale$total_of)) list(scale) else def$scales[scale$total_of]
      cells <- unique(unlist(lapply(parts, function(part) {
        if (form %in% or(part$forms, form)) scale_cells(def, part, form)
      })))
      if (length(cells) < 3) return(NULL)
      items <- x[, cells]
      items <- items[rowSums(is.finite(items)) == length(cells), ]
      value <- if (nrow(items) > 2) quietly(psych::alpha(items, check.keys = FALSE)$total$raw_alpha) else NA
      data.frame(instrument = def$instrument, scale = name, label = scale$label, form, n = nrow(items),
                 items = length(cells), alpha = value, published = or(scale$published_alpha, NA))
    }))
  }))
}
reliability <- do.call(rbind, lapply(instruments, alpha_rows))
stage("alpha")

# ---- classification --------------------------------------------------------------------------------------------------
holds <- function(x, condition) {
  operator <- intersect(names(condition), c("equals", "below", "from", "above"))
  compare <- list(equals = `==`, below = `<`, from = `>=`, above = `>`)[[operator]]
  ifelse(is.infinite(x), -Inf, compare(x, condition[[operator]]) + 0)
}
# 1, 0, NA (unknown) or -Inf (does not apply), row by row
truth <- function(condition, scores) {
  if (!is.null(condition$all)) return(all_of(lapply(condition$all, truth, scores)))
  if (!is.null(condition$any)) return(any_of(lapply(condition$any, truth, scores)))
  any_of(lapply(unlist(c(condition$scores, condition$score)), function(name) holds(scores[[name]], condition)))
}
any_of <- function(parts) {
  table <- do.call(cbind, parts)
  known <- ifelse(is.infinite(table), 0, table)
  value <- ifelse(rowSums(known == 1, na.rm = TRUE) > 0, 1, ifelse(rowSums(is.na(known)) > 0, NA, 0))
  ifelse(rowSums(is.infinite(table)) == ncol(table), -Inf, value)
}
all_of <- function(parts) {
  table <- do.call(cbind, parts)
  known <- ifelse(is.infinite(table), 0, table)
  value <- ifelse(rowSums(known == 0, na.rm = TRUE) > 0, 0, ifelse(rowSums(is.na(known)) > 0, NA, 1))
  ifelse(rowSums(is.infinite(table)) == ncol(table), -Inf, value)
}

variables <- definition("resources/classification/variables.yaml")
for (name in names(variables)) {
  spec <- variables[[name]]
  if (!is.null(spec$any_of) || !is.null(spec$classes) || startsWith(name, "doubtful")) next
  scores <- people[[spec$unit]]
  if (!is.null(spec$when)) {
    value <- truth(spec$when, scores) * 100
  } else if (!is.null(spec$bands)) {
    bounds <- sapply(spec$bands, function(band) or(band[[1]], Inf))
    x <- ifelse(is.finite(scores[[spec$score]]), scores[[spec$score]], NA)
    value <- sapply(spec$bands, `[[`, 2)[findInterval(x, bounds) + 1]
  } else {
    value <- holds(scores[[spec$score]], spec$yes_when) * 100
  }
  people[[spec$unit]][[name]] <- value
}
home <- people$household
at_home <- paste(home$unit_id, home$wave)
per_home <- function(x, of, how) {
  found <- tapply(x, paste(of$household, of$wave), how)
  as.vector(found[at_home])
}
for (name in names(variables)) {
  of <- variables[[name]]$any_of
  if (is.null(of)) next
  persons <- people[[variables[[of]]$unit]]
  persons$yes <- persons[[of]]
  persons <- persons[!is.infinite(persons$yes), ]
  home[[name]] <- per_home(persons$yes, persons, function(x) if (any(x %in% 100)) 100 else if (anyNA(x)) NA else 0)
}

# violence: classes of incidents in a year, of partners and of the worst of the children
violence <- definition("resources/classification/violence.yaml")
class_of <- function(minor, severe, cut) {
  n <- minor + severe
  ifelse(severe >= cut$severe_from | n >= cut$frequent_from, 2, ifelse(n >= cut$mild_from, 1, 0)) + 0 * n
}
classes <- function(scores, cut) {
  score <- function(part) ifelse(is.finite(scores[[paste0(cut$score, part)]]), scores[[paste0(cut$score, part)]], NA)
  class <- class_of(score(".minor"), score(".severe"), cut)
  class[is.na(class) & class_of(score(".minor.known"), score(".severe.known"), cut) %in% 2] <- 2
  class[scores[[paste0(cut$score, ".minor")]] %in% -Inf] <- 0
  class
}
worst <- function(x) if (any(x %in% 2)) 2 else if (anyNA(x)) NA else max(x)
children <- people$child
childless <- !home$household %in% children$household
of_children <- per_home(classes(children, violence$child_abuse), children, worst)
both <- cbind(classes(home, violence$partner_violence), ifelse(childless, 0, of_children))
home$violence_class <- apply(both, 1, worst)
abuse <- children[[violence$child_abuse$score]]
home$child_abuse_household <- per_home(ifelse(abuse %in% -Inf, 0, abuse), children, sum)
between <- home[[violence$partner_violence$score]]
home$total_violence <- ifelse(between %in% -Inf, 0, between) + ifelse(childless, 0, home$child_abuse_household)

# risk factors of a household: those known, and those that there could be
risks <- definition("resources/classification/risk_factors.yaml")
at_least <- at_most <- rep(0, nrow(home))
adults <- people$adult
for (spec in risks) {
  score <- adults[[spec$score]]
  factor <- holds(score, spec$yes_when)
  if (isTRUE(spec$bounds)) {
    factor[holds(adults[[paste0(spec$score, ".at_least")]], spec$yes_when) %in% 1] <- 1
    factor[holds(adults[[paste0(spec$score, ".at_most")]], spec$yes_when) %in% 0] <- 0
  }
  factor[score %in% -Inf] <- 0
  factor[score %in% Inf] <- NA
  if (isTRUE(spec$keep)) {
    kept <- tapply(factor, adults$unit_id, function(x) if (all(is.na(x))) NA else max(x, na.rm = TRUE))
    factor <- ifelse(is.na(factor), kept[adults$unit_id], factor)
  }
  at_least <- at_least + per_home(ifelse(is.na(factor), 0, factor), adults, max)
  at_most <- at_most + per_home(ifelse(is.na(factor), 1, factor), adults, max)
}
threshold <- study$risk_threshold
home$risk_cumulation <- ifelse(at_least >= threshold, 100, ifelse(at_most < threshold, 0, NA))

# facts of the household, and of its adults
thv <- setNames(ifelse(is.finite(households$thv), households$thv, NA), households$huishouden_id)
at_start <- unique(children[children$wave == first, c("unit_id", "household")])
n_children <- table(factor(at_start$household, households$huishouden_id))
adults$restraining_order <- ifelse(adults$wave == first, thv[adults$household], NA)
adults$children_over_3 <- ifelse(adults$wave == first, pmin(n_children[adults$household], 3), NA)
people$adult <- adults
people$household <- home
stage("classes")

# ---- the study: roles, T0 and follow-up, covariates ------------------------------------------------------------------
of_approach <- households$regio == study$approach$regio & trimws(households$aanpak) == study$approach$aanpak
role <- setNames(ifelse(of_approach, "approach", ifelse(trimws(households$aanpak) == "", "pool", "other")),
                 households$huishouden_id)

# the follow-up of a unit: the first of the study's waves in which it took part
follow_up <- function(of) {
  later <- of[of$wave %in% study$follow_up$waves, c("unit_id", "wave")]
  later <- later[order(match(later$wave, study$follow_up$waves)), ]
  later[!duplicated(later$unit_id), ]
}
values <- do.call(rbind, lapply(names(outcomes), function(name) {
  spec <- outcomes[[name]]
  of <- people[[spec$unit]]
  value <- of[[spec$variable]]
  if (!is.null(spec$about) && !is.null(study$approach$help_code)) {
    value[role[of$household] == "approach" & !of[[spec$about]] %in% study$approach$help_code] <- NA
  }
  long <- data.frame(outcome = name, of[c("unit_id", "household", "wave")], value)
  taken <- follow_up(of)
  later <- paste(long$unit_id, long$wave) %in% paste(taken$unit_id, taken$wave)
  long$at <- ifelse(long$wave == first, "T0", ifelse(later, "follow_up", NA))
  long[is.finite(long$value) & !is.na(long$at) & long$at %in% or(spec$measured, c("T0", "follow_up")), ]
}))
values$role <- role[values$household]
values <- values[values$role != "other", ]

covariates <- definition("resources/classification/covariates.yaml")
nearest <- Filter(function(strategy) is.null(strategy$design), study$matching$strategies)
wanted <- unique(unlist(lapply(nearest, `[[`, "covariates")))
start <- lapply(people, function(of) of[of$wave == first, ])
candidates <- data.frame(household = intersect(households$huishouden_id[role != "other"], start$adult$household))
for (name in wanted) {
  spec <- covariates[[name]]
  if (spec$variable == "household_restraining_order") {
    value <- thv[candidates$household]
  } else if (spec$variable == "n_children") {
    value <- as.vector(n_children[candidates$household])
  } else {
    of <- start[[if (is.null(spec$of_adults)) "household" else "adult"]]
    x <- of[[spec$variable]]
    found <- tapply(x[is.finite(x)], of$household[is.finite(x)], match.fun(or(spec$of_adults, "max")))
    value <- as.vector(found[candidates$household])
  }
  candidates[[name]] <- unname(value)
}
candidates$treated <- as.integer(role[candidates$household] == "approach")
# of controls as near, the first of a shuffle that anybody can repeat
candidates <- candidates[order(openssl::sha256(paste0(config$seed, ":", candidates$household))), ]
stage("study")

# ---- matching --------------------------------------------------------------------------------------------------------
# Nearest on the logit of the score, the largest first. Distances are given: MatchIt 4.5.1 ignores the caliper of a
# score. Missing covariates are filled with the mean and told by a 0/1 column, unless only one group has them.
match_by <- function(strategy) {
  stopifnot(strategy$missing == "indicator", !length(strategy$exact))
  filled <- x <- candidates[strategy$covariates]
  treated <- candidates$treated
  for (name in names(x)[sapply(x, anyNA)]) {
    gaps <- is.na(x[[name]])
    filled[[name]][gaps] <- mean(x[[name]], na.rm = TRUE)
    filled[[paste0(name, "_missing")]] <- as.numeric(gaps)
  }
  one_group <- sapply(names(filled), function(name) {
    endsWith(name, "_missing") && length(unique(treated[filled[[name]] == 1])) < 2
  })
  filled <- filled[!one_group]
  lp <- round(quietly(glm(treated ~ ., binomial(), cbind(treated, filled)))$linear.predictors, 8)
  data <- data.frame(household = candidates$household, treated, lp)
  data <- data[c(which(treated == 1)[order(-lp[treated == 1])], which(treated == 0)), ]
  m <- quietly(matchit(treated ~ lp, data, method = "nearest", m.order = "data", ratio = strategy$ratio,
                       distance = abs(outer(data$lp[data$treated == 1], data$lp[data$treated == 0], "-")),
                       caliper = strategy$caliper * sd(lp), std.caliper = FALSE))
  data$weight <- m$weights
  data$subclass <- m$subclass
  # in standard deviations of the approach; of yes and no sqrt(p (1 - p))
  of_data <- filled[match(data$household, candidates$household), ]
  apart <- function(weight) sapply(of_data, function(y) {
    mean_of <- function(group) weighted.mean(y[data$treated == group], weight[data$treated == group])
    spread <- if (all(y %in% 0:1)) sqrt(mean_of_all(y) * (1 - mean_of_all(y))) else sd(y[data$treated == 1])
    (mean_of(1) - mean_of(0)) / spread
  })
  mean_of_all <- function(y) mean(y[data$treated == 1])
  list(matched = data[data$weight > 0, ], data = data, before = apart(rep(1, nrow(data))), balance = apart(data$weight),
       covariates = data.frame(household = candidates$household, filled))
}
matchings <- lapply(nearest, match_by)
chosen <- matchings[[study$matching$selected]]
matched <- chosen$matched
stage("matching")

# ---- analyses --------------------------------------------------------------------------------------------------------
groups <- c("approach", "control", "rest")
group_of <- function(household) {
  ifelse(household %in% matched$household, ifelse(role[household] == "approach", "approach", "control"),
         ifelse(role[household] == "pool", "rest", NA))
}
values$group <- group_of(values$household)
values <- values[!is.na(values$group), ]
taking_part <- do.call(rbind, lapply(c(people, list(youth = youth)), function(of) {
  later <- follow_up(of)
  at <- list(T0 = of$household[of$wave == first], follow_up = of$household[match(later$unit_id, of$unit_id)])
  sapply(at, function(homes) table(factor(group_of(homes), groups)))[1:6]
}))
by_outcome <- split(values, factor(values$outcome, names(outcomes)))
compared <- lapply(by_outcome, function(of) of[of$group != "rest", ])

wilson <- function(yes, n) if (n) 100 * quietly(prop.test(yes, n, correct = FALSE))$conf.int[1:2] else c(NA, NA)
described_mean <- function(x) {
  n <- length(x)
  half <- if (n > 1 && sd(x) > 0) qt(.975, n - 1) * sd(x) / sqrt(n) else NA
  data.frame(n, mean = mean(x), sd = if (n > 1) sd(x) else NA, ci_low = mean(x) - half, ci_high = mean(x) + half)
}
describe_one <- function(name) {
  spec <- outcomes[[name]]
  places <- expand.grid(group = groups, wave = or(spec$measured, c("T0", "follow_up")), stringsAsFactors = FALSE)
  do.call(rbind, lapply(seq_len(nrow(places)), function(row) {
    x <- by_outcome[[name]]
    x <- x$value[x$group == places$group[row] & x$at == places$wave[row]]
    where <- data.frame(outcome = name, places[row, ])
    if (spec$kind != "class") {
      found <- described_mean(x)
      if (spec$kind == "percentage") found[c("ci_low", "ci_high")] <- wilson(sum(x == 100), length(x))
      return(cbind(where, found))
    }
    do.call(rbind, lapply(names(spec$classes), function(code) {
      limits <- wilson(sum(x == code), length(x))
      where$outcome <- paste0(name, ".", spec$classes[[code]]$id)
      cbind(where, n = length(x), mean = 100 * mean(x == code), sd = NA, ci_low = limits[1], ci_high = limits[2])
    }))
  }))
}
descriptives <- do.call(rbind, lapply(names(outcomes), describe_one))

# two groups at one measurement
difference <- function(name, at, pair) {
  x <- by_outcome[[name]]
  x <- x[x$at == at & x$group %in% pair, ]
  result <- list(p = NA, test = NA, value = NA)
  if (outcomes[[name]]$kind == "mean") {
    t <- t.test(x$value[x$group == pair[1]], x$value[x$group == pair[2]], var.equal = TRUE)
    result <- list(p = t$p.value, test = "t_test", value = t$statistic[[1]])
  } else {
    counts <- table(x$group, x$value)
    if (min(dim(counts)) > 1) {
      chi <- quietly(chisq.test(counts, correct = FALSE))
      exact <- any(chi$expected < 5) && (config$fisher_exact_for == "all" || all(dim(counts) == 2))
      result <- if (exact) list(p = fisher.test(counts)$p.value, test = "fisher_exact", value = NA)
                else list(p = chi$p.value, test = "chi_squared", value = chi$statistic[[1]])
    }
  }
  data.frame(outcome = name, wave = at, group = paste(pair, collapse = "|"), result)
}
of_study <- unique(c(study$background, study$problems, study$outcomes))
once <- Filter(function(name) !is.null(outcomes[[name]]$measured) || outcomes[[name]]$kind == "class", of_study)
differences <- do.call(rbind, c(
  lapply(once, function(name) do.call(rbind, lapply(or(outcomes[[name]]$measured, c("T0", "follow_up")), function(at) {
    difference(name, at, groups[1:2])
  }))),
  lapply(study$problems, function(name) do.call(rbind, lapply(list(c(1, 2), c(1, 3), c(2, 3)), function(two) {
    difference(name, "T0", groups[two])
  })))))
differences <- differences[!duplicated(differences[c("outcome", "wave", "group")]), ]

# both measurements of a unit in one row
over_time <- Filter(function(name) is.null(outcomes[[name]]$measured) && outcomes[[name]]$kind != "class",
                    study$outcomes)
pairs_of <- function(name) {
  x <- compared[[name]]
  early <- x[x$at == "T0", ]
  at <- match(early$unit_id, x$unit_id[x$at == "follow_up"])
  early$after <- x$value[x$at == "follow_up"][at]
  early <- early[!is.na(early$after), ]
  place <- match(early$household, matched$household)
  data.frame(early[c("unit_id", "household", "group")], before = early$value, after = early$after,
             weight = matched$weight[place], subclass = matched$subclass[place])
}
wide <- lapply(setNames(nm = over_time), pairs_of)

mixed <- do.call(rbind, lapply(over_time, function(name) {
  x <- wide[[name]]
  long <- data.frame(unit_id = rep(x$unit_id, 2), group = rep(x$group, 2),
                     wave = rep(c("T0", "follow_up"), each = nrow(x)), value = c(x$before, x$after))
  table <- quietly(aov_ez("unit_id", "value", long, between = "group", within = "wave", type = 3,
                          anova_table = list(es = "pes", correction = "none")))$anova_table
  data.frame(outcome = name, effect = c(group = "group", wave = "time", "group:wave" = "interaction")[rownames(table)],
             n = nrow(x), value = table$F, p = table[["Pr(>F)"]], effect_value = table$pes)
}))

within <- do.call(rbind, lapply(over_time, function(name) do.call(rbind, lapply(groups[1:2], function(g) {
  x <- wide[[name]][wide[[name]]$group == g, ]
  found <- if (nrow(x) > 1) tryCatch(t.test(x$after, x$before, paired = TRUE), error = function(e) NULL)
  levels <- rbind(described_mean(x$before), described_mean(x$after))
  if (outcomes[[name]]$kind == "percentage") {
    for (row in 1:2) {
      yes <- sum(list(x$before, x$after)[[row]] == 100)
      levels[row, c("ci_low", "ci_high")] <- wilson(yes, nrow(x))
    }
  }
  cbind(data.frame(outcome = name, group = g, wave = c("T0", "follow_up")), levels, change = mean(x$after - x$before),
        p = or(found$p.value, NA), df = or(found$parameter[[1]], NA))
}))))

# The effect in the treated: weighted least squares of the change on the group, T0 and what the matching left most
# unlike, as far as the households carry it; errors of matched sets (CR2).
orderly <- names(sort(-round(abs(chosen$balance), 9)))
constant <- function(x) diff(range(x)) <= 1e-12 * max(abs(x), 1e-300)
independent <- function(x) qr(cbind(1, as.matrix(scale(x))), tol = 1e-7)$rank == ncol(x) + 1
few_apart <- function(x, d) {
  any(sapply(0:1, function(group) {
    means <- round(tapply(x[d$treated == group], d$household[d$treated == group], mean), 9)
    length(means) - max(table(means)) < 5
  }))
}
effect_of <- function(name) {
  d <- wide[[name]]
  d$treated <- as.numeric(d$group == "approach")
  d$change <- d$after - d$before
  x <- cbind(T0 = d$before, chosen$covariates[match(d$household, chosen$covariates$household), orderly])
  homes <- sapply(1:0, function(group) length(unique(d$household[d$treated == group])))
  kept <- c()
  for (column in names(x)) {
    if (constant(x[[column]]) || few_apart(x[[column]], d)) next
    if (!independent(cbind(d$treated, x[c(kept, column)]))) next
    if (length(kept) < max(homes[1] %/% 5, 1)) kept <- c(kept, column)
  }
  x <- as.matrix(x[kept])
  x <- sweep(x, 2, apply(x[d$treated == 1, , drop = FALSE], 2, weighted.mean, d$weight[d$treated == 1]))
  own <- length(kept) && min(homes) >= 10 * length(kept) &&
    all(sapply(0:1, function(group) !any(apply(x[d$treated == group, , drop = FALSE], 2, constant)) &&
      independent(x[d$treated == group, , drop = FALSE])))
  model <- if (!length(kept)) change ~ treated else if (own) change ~ treated * x else change ~ treated + x
  environment(model) <- environment()
  fit <- lm(model, d, weights = weight)
  test <- coef_test(fit, vcov = "CR2", cluster = d$subclass, coefs = "treated", test = "Satterthwaite")
  half <- qt(.975, test$df) * test$SE
  data.frame(outcome = name, n_approach = sum(d$treated), n_control = sum(1 - d$treated),
             covariates = paste(kept, collapse = " "), value = test$beta, se = test$SE, df = test$df,
             p = test$p_Satt, ci_low = test$beta - half, ci_high = test$beta + half)
}
effects <- do.call(rbind, lapply(over_time, effect_of))
stage("analyses")

# ---- report ----------------------------------------------------------------------------------------------------------
writing <- file.path(output, "report.Rmd")
invisible(file.copy(file.path(here, "peers.Rmd"), writing, overwrite = TRUE))
for (format in c("html_document", "pdf_document")) {
  quietly(render(writing, format, quiet = TRUE, envir = globalenv()))
  stage(sub("_document", "", format))
}

write_numbers <- function(table, name) {
  exact <- sapply(table, is.double)
  table[exact] <- lapply(table[exact], function(x) sprintf("%.17g", x))
  write.csv(table, file.path(output, paste0(name, ".csv")), row.names = FALSE)
}
write_numbers(descriptives, "descriptives")
write_numbers(data.frame(unit = rep(rownames(taking_part), 6), group = rep(rep(groups, 2), each = nrow(taking_part)),
                         wave = rep(c("T0", "follow_up"), each = 3 * nrow(taking_part)), n = as.vector(taking_part)),
              "participation")
write_numbers(mixed, "anova")
write_numbers(effects, "effects")
write_numbers(differences, "differences")
write_numbers(within, "levels")
write_numbers(within[within$wave == "T0", ], "within")
write_numbers(reliability, "reliability")
for (name in names(matchings)) {
  of <- matchings[[name]]
  sets <- data.frame(of$matched[c("household", "treated", "weight")], subclass = as.integer(of$matched$subclass))
  write_numbers(sets, name)
  write_numbers(data.frame(covariate = names(of$balance), before = of$before, after = of$balance),
                paste0("balance_", name))
}
write_numbers(data.frame(stage = names(seconds), seconds = as.double(seconds)), "seconds")
packages <- c("haven", "psych", "MatchIt", "afex", "clubSandwich", "ggplot2", "rmarkdown")
write.csv(data.frame(package = packages, version = sapply(packages, function(p) as.character(packageVersion(p)))),
          file.path(output, "versions.csv"), row.names = FALSE)
