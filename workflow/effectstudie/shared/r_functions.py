"""The functions in R that `r_bridge` calls, `call` around each of them.

As text in a module, so that a job reruns when they change: what a job depends on is found by its imports.
"""

R_CODE = r"""
list(
  call = function(f, args, seed) {
    old <- Sys.getlocale("LC_COLLATE")
    on.exit(Sys.setlocale("LC_COLLATE", old))
    Sys.setlocale("LC_COLLATE", "C")
    Sys.setenv(LANGUAGE = "en")
    RNGkind("Mersenne-Twister", "Inversion", "Rejection")
    set.seed(seed)
    said <- character()
    keep <- function(restart) function(condition) {
      said <<- c(said, trimws(gsub("[[:space:]]+", " ", conditionMessage(condition))))
      invokeRestart(restart)
    }
    tryCatch(
      list(value = withCallingHandlers(do.call(f, args), warning = keep("muffleWarning"),
                                       message = keep("muffleMessage")),
           warnings = said, error = character()),
      error = function(e) list(value = NULL, warnings = said, error = conditionMessage(e)))
  },

  versions = function() c(as.character(getRversion()), as.character(packageVersion("MatchIt"))),

  logit = function(treated, columns) {
    m <- glm(reformulate(names(columns), "treated"), family = binomial(link = "logit"),
             data = data.frame(treated = treated, columns), na.action = na.fail, method = "glm.fit",
             control = glm.control(epsilon = 1e-8, maxit = 25))
    list(lp = as.numeric(m$linear.predictors), coefficients = as.numeric(coef(m)), converged = m$converged)
  },

  nearest = function(treated, lp, stratum, ratio, caliper, by_score) {
    # Given a score, MatchIt 4.5.1 ignores the caliper and does not always take the nearest control (issue
    # 163); given mahvars, it breaks R's memory once in some 1,000 calls with 10,000 controls. Given distances
    # it does neither, but needs 8 bytes for each treated of each control. Of one treated household, or one control,
    # alone it misreads the distances. Those who choose first are the first rows.
    order <- c(which(treated == 1)[order(-lp[treated == 1])], which(treated == 0))
    data <- data.frame(treated = treated, lp = lp)
    if (length(stratum)) data$stratum <- stratum
    data <- data[order, ]
    alone <- !by_score && min(sum(treated), sum(1 - treated)) == 1
    distance <- if (by_score || alone) data$lp else
      abs(outer(data$lp[data$treated == 1], data$lp[data$treated == 0], "-"))
    args <- list(
      formula = treated ~ lp, data = data, method = "nearest", distance = distance,
      distance.options = list(), estimand = "ATT", exact = if (length(stratum)) ~stratum,
      mahvars = if (alone) ~lp, antiexact = NULL, discard = "none", reestimate = FALSE, s.weights = NULL,
      replace = FALSE, reuse.max = 1, m.order = "data", caliper = if (length(caliper)) caliper,
      std.caliper = FALSE, ratio = ratio, min.controls = NULL, max.controls = NULL, unit.id = NULL,
      verbose = FALSE, include.obj = FALSE)
    if ("normalize" %in% names(formals(MatchIt::matchit))) args$normalize <- TRUE
    m <- do.call(MatchIt::matchit, args)
    mm <- m$match.matrix
    found <- which(!is.na(mm), arr.ind = TRUE)
    weights <- numeric(length(lp))
    weights[order] <- m$weights
    list(treated = as.integer(rownames(mm))[found[, 1]], k = as.integer(found[, 2]),
         control = as.integer(mm[found]), weights = weights)
  },

  sets = function(treated, lp, stratum, ratio, caliper) {
    if (!requireNamespace("optmatch", quietly = TRUE)) stop("there is no package called 'optmatch'")
    data <- data.frame(treated = treated, lp = lp)
    if (length(stratum)) data$stratum <- stratum
    # tol: how far from the least sum of distances, for each household; the solver by name, or another machine may have
    # a second one, and of solutions that are as good take another.
    args <- list(
      formula = treated ~ lp, data = data, method = if (length(ratio)) "optimal" else "full", distance = data$lp,
      estimand = "ATT", exact = if (length(stratum)) ~stratum, tol = 1e-7, solver = "LEMON")
    if (length(ratio)) args$ratio <- ratio
    if (length(caliper)) args[c("caliper", "std.caliper")] <- list(caliper, FALSE)
    m <- do.call(MatchIt::matchit, args)
    list(set = ifelse(is.na(m$subclass), 0L, as.integer(m$subclass)), weights = as.numeric(m$weights),
         version = as.character(packageVersion("optmatch")))
  },

  fisher = function(counts, rows) {
    fisher.test(matrix(counts, nrow = rows, byrow = TRUE), workspace = 2e7)$p.value
  },

  impute = function(treated, columns, m) {
    # Columns that nearly follow from others stay: left out by mice, their gaps would stay too. The regression of each
    # step leaves out what depends on the others.
    data <- data.frame(treated = treated, columns)
    gaps <- vapply(data, anyNA, logical(1))
    data[is.na(data)] <- NA
    made <- mice::mice(data, m = m, method = ifelse(gaps, "pmm", ""), maxit = 5, printFlag = FALSE,
                       remove.constant = FALSE, remove.collinear = FALSE)
    lapply(made$imp[names(data)[gaps]], function(values) as.numeric(as.matrix(values)))
  }
)
"""
