# SPDX-License-Identifier: GPL-3.0-or-later
# Where numbers get difficult: large offsets, constant groups, tiny values, far tails.
source("emit.R")

# NIST StRD univariate NumAcc1-4, and two groups at 1e6. What the doubles hold is told by taking
# one value off all of them, which is exact here; sd and t do not change by that.
numacc <- list(numacc1 = c(10000001, 10000003, 10000002),
               numacc2 = c(1.2, rep(c(1.1, 1.3), 500)),
               numacc3 = c(1000000.2, rep(c(1000000.1, 1000000.3), 500)),
               numacc4 = c(10000000.2, rep(c(10000000.1, 10000000.3), 500)))
offset_a <- c(1000000.2, 1000000.4, 1000000.2, 1000000.4, 1000000.3)
offset_b <- c(1000000.5, 1000000.7, 1000000.5, 1000000.7, 1000000.6)

groups <- list(n2 = list(a = c(-0.41, -0.56), b = c(0.02, 0.11)),
               zero_one = list(a = c(0, 0, 0), b = c(-0.51, -0.38, -0.62)),
               zero_both = list(a = c(0.3, 0.3, 0.3), b = c(-0.1, -0.1, -0.1)),
               zero_both_equal = list(a = c(0.3, 0.3, 0.3), b = c(0.3, 0.3, 0.3)),
               ties = list(a = c(0.5, 0.5, 0.7, 0.7), b = c(0.5, 0.7, 0.9, 0.9)),
               n1 = list(a = c(0.1, 0.2), b = 0.9),
               tiny = list(a = c(1e-300, 2e-300, 4e-300), b = c(5e-300, 6e-300, 9e-300)),
               prenorm = list(a = c(1, 1, 1), b = c(0.5, 0.65, 0.86)))

pin_htest <- function(id, key, run, est) {
    h <- tryCatch(run(), error = function(e) conditionMessage(e))
    if (is.character(h))
        pin(id, key, list(status = 0), status = status_of(h))
    else if (is.nan(h$statistic)) {  # 0 / 0: R prints NaN, we refuse; the fit has its df all the same
        pin(id, key, list(status = 0), status = "DLU_E_NO_VARIANCE")
        pin(id, paste(key, "fit"), list(df = h$parameter[[1]]))
    } else
        pin(id, key, c(est, from_htest(h)))
}

start_header("numerics.R")
for (name in names(numacc)) {
    y <- numacc[[name]]
    emit_array(name, y)
    pin("O1", name, list(mean_binary64 = y[1] + mean(y - y[1]), sd_binary64 = sd(y - y[1])), 1e-12)
}
emit_array("offset_a", offset_a)
emit_array("offset_b", offset_b)
h <- t.test(offset_a - offset_a[1], offset_b - offset_a[1])
pin("O2", "offset welch", from_htest(h)[1:3], 1e-9)

for (case in names(groups)) {
    g <- groups[[case]]
    est <- list(est = mean(g$a) - mean(g$b))
    emit_array(paste0(case, "_a"), g$a)
    emit_array(paste0(case, "_b"), g$b)
    id <- paste0("O3", case)
    pin_htest(id, paste(case, "welch"), function() t.test(g$a, g$b), est)
    pin_htest(id, paste(case, "student"), function() t.test(g$a, g$b, var.equal = TRUE), est)
    if (length(g$a) == length(g$b))
        pin_htest(id, paste(case, "paired"), function() t.test(g$a, g$b, paired = TRUE), NULL)
}
pin("O4", "prenorm one-sample", from_htest(t.test(groups$prenorm$b, mu = 1)))
emit_array("prenorm_ln", log(groups$prenorm$b))
pin("O4", "prenorm one-sample ln", from_htest(t.test(log(groups$prenorm$b))))

for (t in c(5, 20, 100, 1000)) for (df in c(2, 3.7, 10))
    pin("O5", paste("tail", t, df), list(p = 2 * pt(-t, df)), 1e-12)
for (t in c(0, 0.3, 2.5, 40)) for (df in c(1, 1.6, 47, 1e4))
    pin("X30", paste("tail", t, df), list(p = 2 * pt(-t, df)), 1e-11)
for (upper in c(0.4, 0.05, 0.025, 0.001)) for (df in c(1, 1.6, 4.77, 9, 120))
    pin("X31", paste("quantile", upper, df), list(q = qt(upper, df, lower.tail = FALSE)), 1e-12)
emit_pins("numerics_rows")
