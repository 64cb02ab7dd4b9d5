# SPDX-License-Identifier: GPL-3.0-or-later
# Fieller's interval for a ratio of two means, in three versions of the error; folds on logs.
source("emit.R")

num <- c(0.4866, 0.6351, 0.7007, 0.7357, 0.5996, 0.5829)
den <- c(0.8312, 0.8906, 1.0742, 1.4036, 0.9521, 1.0633)
e_wt <- c(-0.6123, -0.5384, -0.3719, -0.599, -0.5449)
e_mut <- c(-0.1901, -0.1844, -0.1448, -0.1828, -0.0867)

# The roots of (a - rho b)^2 = t^2 Var(a - rho b), which is what the interval says.
roots <- function(a, b, vaa, vbb, vab, df) {
    q <- qt(.975, df)^2
    A <- b^2 - q * vbb
    B <- -2 * (a * b - q * vab)
    C <- a^2 - q * vaa
    r <- (-B + c(-1, 1) * sqrt(B^2 - 4 * A * C)) / (2 * A)
    list(ratio = a / b, g = q * vbb / b^2, lo = min(r), hi = max(r))
}

start_header("ratio.R")
emit_array("num", num)
emit_array("den", den)
n <- length(num)
pin("L1", "paired", roots(mean(num), mean(den), var(num) / n, var(den) / n, cov(num, den) / n, n - 1))
s2 <- (var(num) + var(den)) / 2
pin("L2", "pooled", roots(mean(num), mean(den), s2 / n, s2 / n, 0, 2 * n - 2))
parts <- c(var(num), (mean(num) / mean(den))^2 * var(den)) / n
df <- sum(parts)^2 / sum(parts^2 / (n - 1))
pin("L3", "separate", c(list(df = df), roots(mean(num), mean(den), var(num) / n, var(den) / n, 0, df)))

# The delta method on logarithms, with the means' own variances and the pooled df.
est <- log(mean(num) / mean(den))
se <- sqrt(var(num) / n / mean(num)^2 + var(den) / n / mean(den)^2)
half <- qt(.975, 2 * n - 2) * se
pin("L4", "delta", list(lnratio = est, se = se, lo = exp(est - half), hi = exp(est + half)))
pin("X80", "delta paired", list(se = sqrt(se^2 - 2 * cov(num, den) / n / mean(num) / mean(den))))

emit_array("ln_num", log(num))
emit_array("ln_den", log(den))
fold <- function(h, est) list(ratio = exp(est), lo = exp(h$conf.int[1]), hi = exp(h$conf.int[2]),
                              p = h$p.value)
est <- mean(log(num)) - mean(log(den))
pin("L5", "welch", fold(t.test(log(num), log(den)), est))
pin("L6", "paired ln", fold(t.test(log(num), log(den), paired = TRUE), est))

emit_array("e_wt", e_wt)
emit_array("e_mut", e_mut)
n <- length(e_wt)
q <- roots(mean(e_mut), mean(e_wt), var(e_mut) / n, var(e_wt) / n, cov(e_mut, e_wt) / n, n - 1)
pin("L7", "rescue", list(rho = 1 - q$ratio, lo = 1 - q$hi, hi = 1 - q$lo, g = q$g))
emit_pins("ratio_rows")
