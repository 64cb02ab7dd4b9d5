# SPDX-License-Identifier: GPL-3.0-or-later
# Spread and shape of groups: analysis of variance, Levene, Brown-Forsythe, Bartlett, Shapiro-Wilk,
# standardised differences.
invisible(capture.output(source("unblocked.R")))  # for `four`, `long`
pins <- NULL

shapes <- list(n3 = c(0.148, 0.154, 0.1581),
               n4 = c(-0.215, -2.495, 2.036, -1.677),
               n5 = c(1.5, 0.129, 0.695, 1.814, 0.679),
               n7 = c(12.06, 12.62, 10.27, 11.46, 7.87, 7.24, 11.54),
               n11 = c(0.4847, -1.0196, -1.3559, 0.0975, -0.8861, -0.7225, -1.9722, 1.1496,
                       -0.5066, -0.3471, 0.9729),
               n12 = c(0.9383, 0.8413, -0.6072, -0.6872, -2.1513, 1.9586, 0.1419, 0.3747, -0.4546,
                       1.8288, -0.5685, 1.2958),
               n20 = c(0.5941, 0.5558, 1.6052, 0.5736, 0.3343, 0.1211, 0.2332, 0.1962, 1.3163,
                       2.3023, 0.3162, 2.6163, 0.7299, 1.6591, 0.4157, 2.9131, 1.5094, 0.523,
                       1.7803, 2.2611),
               n50 = c(0.6991, 2.2732, -1.3669, 0.6252, 1.9289, -3.0738, -0.6847, -0.7964, 2.4466,
                       1.1504, 0.4669, 0.2924, 3.0028, 0.2118, -2.1203, -1.0735, 1.7402, -0.1853,
                       -0.4241, 1.2484, 0.0845, -0.7007, 1.9959, 0.5913, -0.0986, 2.8822, 1.6246,
                       2.2247, -0.0311, -0.5272, -0.005, -0.0762, 0.0721, -0.6655, 0.616, 1.9968,
                       -0.7081, -2.6034, 1.2308, -0.5996, 0.6658, -0.0732, -0.8857, -1.1236,
                       -1.086, -0.8659, -0.747, 0.1466, 0.5172, -5.0552),
               tied8 = c(1, 1, 2, 2, 2, 3, 3, 9))

# NIST StRD one-way analysis of variance, SmLs: 9 treatments, one value at the level of each and 10
# pairs 0.1 about it. What the doubles hold is told by taking one value off all, which is exact.
nist <- function(offset) {
    level <- c(0.4, 0.3, 0.5, 0.3, 0.5, 0.3, 0.5, 0.3, 0.5)
    as.numeric(paste0(offset, ".", round(10 * unlist(lapply(level, function(m)
        c(m, rep(c(m - 0.1, m + 0.1), 10)))))))
}
treatment <- factor(rep(1:9, each = 21))
certified <- list(smls01 = nist("1"), smls04 = nist("1000000"), smls07 = nist("1000000000000"))

f_of <- function(value, group) {
    a <- anova(lm(value ~ group))
    list(F = a$F[1], df1 = a$Df[1], df2 = a$Df[2], p = a$`Pr(>F)`[1])
}
away <- function(value, group, centre) abs(value - ave(value, group, FUN = centre))

start_header("spread.R")
pin("X50", "four anova", f_of(long$y, long$cell))
pin("A10", "four levene", f_of(away(long$y, long$cell, mean), long$cell))
pin("A11", "four brown-forsythe", f_of(away(long$y, long$cell, median), long$cell))
b <- bartlett.test(y ~ cell, long)
pin("A12", "four bartlett", list(K2 = b$statistic[[1]], df = b$parameter[[1]], p = b$p.value))
two <- long$construct == "WT"
pin("X51", "two anova", f_of(long$y[two], long$cell[two]))
pin("X51", "two levene", f_of(away(long$y[two], long$cell[two], mean), long$cell[two]))
b <- bartlett.test(y ~ cell, long[two, ])
pin("X51", "two bartlett", list(K2 = b$statistic[[1]], df = b$parameter[[1]], p = b$p.value))

sizes <- lengths(four)
df <- sizes[["WT_mir"]] + sizes[["WT_scr"]] - 2
pooled <- sqrt(((sizes[["WT_mir"]] - 1) * var(four$WT_mir) +
                (sizes[["WT_scr"]] - 1) * var(four$WT_scr)) / df)
d <- (mean(four$WT_mir) - mean(four$WT_scr)) / pooled
j <- gamma(df / 2) / (sqrt(df / 2) * gamma((df - 1) / 2))
pin("A13", "effect size", list(d = d, J_exact = j, g = d * j))

for (name in names(shapes)) {
    emit_array(paste0("shape_", name), shapes[[name]])
    s <- shapiro.test(shapes[[name]])
    pin(paste0("K_", name), paste("shape", name), list(W = s$statistic[[1]], p = s$p.value))
}
# Skewed and even values of more sizes, on both sides of where the approximation changes.
for (n in c(4, 6, 10, 11, 12, 13, 100, 500, 5000)) {
    s <- shapiro.test(sqrt(seq_len(n)))
    pin("X52", paste("roots", n), list(W = s$statistic[[1]], p = s$p.value), 1e-8)
    s <- shapiro.test(1000 + seq_len(n) / 64)
    pin("X52", paste("even", n), list(W = s$statistic[[1]], p = s$p.value), 1e-8)
}
for (name in names(certified)) {
    emit_array(name, certified[[name]])
    pin("Q1", name, list(F_binary64 = f_of(certified[[name]] - certified[[name]][1], treatment)$F),
        1e-11)
}
emit_pins("spread_rows")
