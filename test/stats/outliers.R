# SPDX-License-Identifier: GPL-3.0-or-later
# Values that stand out: of one group, and wells within their units.
invisible(capture.output(source("wells.R")))  # for `w`, `used`, `net_f`, `net_r`
pins <- NULL

# Published examples: uranium isotopes of NIST's e-Handbook 1.3.5.17.1, and Rosner's 54 values.
uranium <- c(199.31, 199.53, 200.19, 200.82, 201.92, 201.95, 202.18, 245.57)
rosner <- c(-0.25, 0.68, 0.94, 1.15, 1.20, 1.26, 1.26, 1.34, 1.38, 1.43, 1.49, 1.49, 1.55, 1.56,
            1.58, 1.65, 1.69, 1.70, 1.76, 1.77, 1.81, 1.91, 1.94, 1.96, 1.99, 2.06, 2.09, 2.10,
            2.14, 2.15, 2.23, 2.24, 2.26, 2.35, 2.37, 2.40, 2.47, 2.54, 2.62, 2.64, 2.90, 2.92,
            2.92, 2.93, 3.21, 3.26, 3.30, 3.59, 3.68, 4.30, 4.64, 5.34, 5.42, 6.01)

critical <- function(n, alpha, tails) {
    t <- qt(1 - alpha / (tails * n), n - 2)
    (n - 1) / sqrt(n) * sqrt(t^2 / (n - 2 + t^2))
}
# G is the t of the one value in a regression with an indicator of it, in disguise.
grubbs <- function(y, at) {
    n <- length(y)
    t <- abs(coef(summary(lm(y ~ seq_along(y) == at)))[2, 3])
    list(G = abs(y[at] - mean(y)) / sd(y), p = n * pt(t, n - 2, lower.tail = FALSE))
}

start_header("outliers.R")
for (n in c(3:12, 15, 20, 30, 50, 100)) for (alpha in c(0.05, 0.01)) for (tails in 1:2)
    pin("J1", paste("critical", n, alpha, tails), list(G_crit = critical(n, alpha, tails)))

emit_array("uranium", uranium)
g <- grubbs(uranium, 8)
pin("J2", "uranium", list(G = g$G, p_two_sided_bonf = 2 * g$p, p_one_sided_bonf = g$p,
                          crit_one_sided_05 = critical(8, .05, 1),
                          crit_two_sided_05 = critical(8, .05, 2)))
g <- grubbs(uranium, 1)
pin("X70", "uranium low", list(G = g$G, p = min(g$p, 1)))
z <- (uranium - median(uranium)) / mad(uranium, constant = 1 / qnorm(0.75))
pin("J4", "uranium z", setNames(as.list(z), paste0("Mz[", seq_along(z), "]")))

emit_array("rosner", rosner)
left <- rosner
passed <- 0
for (i in 1:10) {
    farthest <- which.max(abs(left - mean(left)))
    r <- max(abs(scale(left)))
    lambda <- critical(length(left), .05, 2)
    pin("J3", paste("step", i), list(R = r, lambda = lambda, removed = left[farthest]))
    if (r > lambda) passed <- i
    left <- left[-farthest]
}
pin("J3", "steps", list(n_outliers = passed))

y <- log(net_f[used] / net_r[used])
unit <- factor(paste(w$day, w$arm)[used])
fit <- lm(y ~ unit)
df <- fit$df.residual
emit_array("wells_y", y)
emit_array("wells_unit", as.integer(unit) - 1L, "unsigned", function(x) paste0(x, "u"))
s <- sqrt(sum(resid(fit)^2) / df)
pin("F10", "technical", list(sd_tech = s, cv_tech = sqrt(exp(s^2) - 1)))
pin("X71", "technical", list(df = df))
external <- rstudent(fit)
for (k in seq_along(y)) {
    p <- 2 * pt(-abs(external[[k]]), df - 1)
    all <- list(e = resid(fit)[[k]], r_internal = rstandard(fit)[[k]], t_external = external[[k]],
                df = df - 1, p_bonf = min(1, length(y) * p), n_wells = length(y))
    if (rank(-abs(external))[[k]] <= 3)
        pin("F11", paste("well", k - 1), all)
    else
        pin("X72", paste("well", k - 1), all["t_external"])
}
# The same where one unit has a single well left, of which nothing can be said.
y <- y[-(2:3)]
unit <- unit[-(2:3)]
stopifnot(sum(unit == unit[1]) == 1)
fit <- lm(y ~ unit)
external <- suppressWarnings(rstudent(fit))
for (k in c(2, 20, 69))
    pin("X73", paste("lone", k - 1), list(t_external = external[[k]], df = fit$df.residual - 1))
pin("X73", "lone 0", list(t_external = 0, p_bonf = 1, tested = 0))
emit_pins("outliers_rows")
