# SPDX-License-Identifier: GPL-3.0-or-later
# The table of diagnostics: from an experiment's units to what each row must hold.
invisible(capture.output(source("blocked.R")))  # for `incomplete`, `long_of`, `emit_data`, `cells`
invisible(capture.output(source("unblocked.R")))  # for `four`
pins <- NULL

f_of <- function(test) list(statistic = test[1, "F value"], df1 = test[1, "Df"], df2 = test[2, "Df"],
                            p = test[1, "Pr(>F)"])
levene <- function(y, cell, centre) anova(lm(abs(y - ave(y, cell, FUN = centre)) ~ factor(cell)))
spread <- function(id, group, d) {
    pin(id, paste(group, "levene"), f_of(levene(d$y, d$cell, mean)))
    pin(id, paste(group, "brown_forsythe"), f_of(levene(d$y, d$cell, median)))
    b <- bartlett.test(d$y, d$cell)
    pin(id, paste(group, "bartlett"),
        list(statistic = b$statistic[[1]], df1 = b$parameter[[1]], p = b$p.value))
}
shape <- function(id, fit) {
    s <- shapiro.test(resid(fit))
    pin(id, "residuals shapiro_wilk", list(statistic = s$statistic[[1]], p = s$p.value), 1e-6)
}

# The bounds of a / b are where a - r b is just significant.
fieller <- function(a, b, paired) {
    va <- var(a) / length(a)
    vb <- var(b) / length(b)
    vab <- if (paired) cov(a, b) / length(a) else 0
    r <- mean(a) / mean(b)
    df <- if (paired) length(a) - 1 else
        (va + r^2 * vb)^2 / (va^2 / (length(a) - 1) + r^4 * vb^2 / (length(b) - 1))
    edge <- function(x) (mean(a) - x * mean(b))^2 - qt(.975, df)^2 * (va + x^2 * vb - 2 * x * vab)
    list(statistic = r, df2 = df, low = uniroot(edge, c(r / 20, r), tol = 1e-15)$root,
         high = uniroot(edge, c(r, 20 * r), tol = 1e-15)$root)
}
hedges <- function(a, b) {
    df <- length(a) + length(b) - 2
    sd <- sqrt(((length(a) - 1) * var(a) + (length(b) - 1) * var(b)) / df)
    list(statistic = (mean(a) - mean(b)) / sd * exp(lgamma(df / 2) - lgamma((df - 1) / 2)) /
             sqrt(df / 2), df1 = df)
}

# Units without blocks, eight of them in one cell and one far out.
units <- list(c(four$WT_mir, -0.6, -0.501, 0.9), four$WT_scr, four$MUT_mir, four$MUT_scr)
plain <- data.frame(y = unlist(units), cell = rep(0:3, lengths(units)), block = sequence(lengths(units)))
start_header("diagnostics.R")
emit_data("plain", plain)
spread("plain", "four cells", plain)
shape("plain", lm(y ~ factor(cell), plain))
for (k in 1:2) {
    name <- c("wt", "mut")[k]
    a <- units[[2 * k - 1]]
    b <- units[[2 * k]]
    w <- wilcox.test(a, b)
    pin("plain", paste(name, "mann_whitney"),
        list(statistic = w$statistic[[1]], p = w$p.value,
             limit = 2 / choose(length(a) + length(b), length(a))))
    pin("plain", paste(name, "hedges_g"), hedges(a, b))
    pin("plain", paste(name, "fold_of_means"), fieller(exp(a), exp(b), FALSE), 1e-9)
}
out <- units[[1]]
n <- length(out)
t <- qt(.05 / (2 * n), n - 2, lower.tail = FALSE)
pin("plain", "WT mimic grubbs", list(statistic = max(abs(out - mean(out))) / sd(out),
                                     limit = (n - 1) / sqrt(n) * sqrt(t^2 / (n - 2 + t^2))))
pin("plain", "WT mimic modified_z",
    list(statistic = max(abs(qnorm(.75) * (out - median(out)) / mad(out, constant = 1))), limit = 3.5), 1e-5)
for (cell in c(2, 4))
    pin("plain", paste(c("", "WT", "", "MUT")[cell], "scramble control_cv"),
        list(statistic = sqrt(expm1(var(units[[cell]]))), df1 = length(units[[cell]]) - 1))

# Days, of which two lack a cell.
days <- long_of(incomplete)
emit_data("days", days)
spread("days", "four cells", days)
shape("days", lm(y ~ factor(cell) + factor(block), days))
for (k in 1:2) {
    name <- c("wt", "mut")[k]
    both <- incomplete[complete.cases(incomplete[, 2 * k - 1:0]), 2 * k - 1:0]
    w <- wilcox.test(both[, 1], both[, 2], paired = TRUE)
    pin("days", paste(name, "signed_rank"),
        list(statistic = w$statistic[[1]], p = w$p.value, limit = 2^(1 - nrow(both))))
    pin("days", paste(name, "fold_of_means"), fieller(exp(both[, 1]), exp(both[, 2]), TRUE), 1e-9)
}
emit_pins("diagnostic_rows")
