# SPDX-License-Identifier: GPL-3.0-or-later
# What the scripts of this folder share: they compute with R and print a C header.
# Rscript NAME.R > NAME.h

number <- function(x) {
    short <- sprintf("%.15g", x)
    ifelse(is.na(x), "NAN", ifelse(suppressWarnings(as.numeric(short)) == x, short, sprintf("%.17g", x)))
}
text <- function(x) paste0("\"", x, "\"")

start_header <- function(script) cat(
    "/* SPDX-License-Identifier: GPL-3.0-or-later */\n",
    "/* Printed by ", script, " (R ", as.character(getRversion()), "): edit that, not this. */\n",
    "/* clang-format off */\n#include \"pinned.h\"\n\n", sep = "")

emit_array <- function(name, x, type = "double", form = number) cat(
    "static const ", type, " ", name, "[] = {\n    ",
    paste(strwrap(paste(form(x), collapse = ", "), 92), collapse = "\n    "), "};\n\n", sep = "")

pins <- NULL
pin <- function(id, key, values, tolerance = 1e-10, status = "DLU_OK") {
    pins <<- c(pins, sprintf("    {%s, %s, %s, %s, %s, %s},", text(id), text(key),
                             text(names(values)), number(unlist(values)), number(tolerance), status))
    invisible(NULL)
}
emit_pins <- function(name) cat("static const pinned ", name, "[] = {\n",
                                paste(pins, collapse = "\n"), "\n};\n", sep = "")

# R's refusals by our names.
status_of <- function(message) {
    if (grepl("essentially constant", message)) "DLU_E_NO_VARIANCE"
    else if (grepl("not enough", message)) "DLU_E_TOO_FEW"
    else stop("no status for: ", message)
}

# What follows from an estimate, its error and its degrees of freedom.
with_t <- function(estimate, se, df) {
    half <- qt(.975, df) * se
    list(est = estimate, se = se, df = df, t = estimate / se,
         p_two_sided = 2 * pt(abs(estimate / se), df, lower.tail = FALSE),
         ci95_lo = estimate - half, ci95_hi = estimate + half, fold = exp(estimate),
         fold_lo = exp(estimate - half), fold_hi = exp(estimate + half))
}
with_tost <- function(estimate, se, df, delta = -log(.8)) {
    below <- (estimate + delta) / se
    above <- (estimate - delta) / se
    half <- qt(.95, df) * se
    p <- c(pt(below, df, lower.tail = FALSE), pt(above, df))
    list(est = estimate, se = se, df = df, delta = delta, t_lower = below, p_lower = p[1],
         t_upper = above, p_upper = p[2], p_tost = max(p), ci90_lo = estimate - half,
         ci90_hi = estimate + half)
}
noninferiority <- function(estimate, se, df)
    pt((estimate - log(.8)) / se, df, lower.tail = FALSE)
from_htest <- function(h) list(t = h$statistic[[1]], df = h$parameter[[1]],
                               p_two_sided = h$p.value, ci95_lo = h$conf.int[1],
                               ci95_hi = h$conf.int[2])
