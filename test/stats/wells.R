# SPDX-License-Identifier: GPL-3.0-or-later
# From wells to tests: four days, a plate each, with blanks, WT, mutant and empty vector in three
# wells an arm; one well had no transfection. The header also holds the units, for other tests.
source("emit.R")

arms <- c("blank", "WT.mir", "WT.scr", "MUT.mir", "MUT.scr", "EV.mir", "EV.scr")
firefly <- c(293, 311, 335, 35832, 25865, 33781, 56029, 65062, 65539, 71300, 82876, 57860, 61822,
             78989, 65060, 88464, 103055, 128919, 151694, 129666, 138878,
             336, 319, 326, 45429, 47829, 60875, 85602, 100828, 109220, 105617, 377, 118554,
             149513, 201575, 103069, 208978, 99746, 213533, 158341, 134587, 90844,
             309, 311, 327, 25786, 20361, 26667, 30808, 42702, 36281, 37585, 33415, 39938, 62310,
             46464, 28048, 61244, 70399, 44870, 58196, 59789, 66963,
             278, 306, 293, 54108, 38182, 32987, 121374, 37520, 78874, 95447, 60350, 60892,
             67318, 78921, 98453, 101349, 70471, 84766, 115713, 75784, 90429)
renilla <- c(415, 376, 411, 29396, 22934, 29754, 25429, 31963, 32108, 27087, 27645, 19260, 23235,
             29079, 24252, 22452, 29576, 36838, 38213, 37782, 34116,
             424, 447, 428, 32246, 35668, 41407, 33898, 38537, 44006, 39647, 431, 46228, 45493,
             57812, 31626, 52296, 26739, 57130, 43769, 35031, 21589,
             403, 392, 412, 20537, 20701, 22201, 13409, 19638, 18049, 15127, 13655, 15971, 22736,
             18567, 9925, 16608, 19850, 11810, 15037, 16335, 20616,
             409, 429, 389, 41639, 25608, 20998, 49770, 18126, 33751, 33189, 20612, 21889, 23198,
             27644, 38772, 26263, 20699, 25417, 30865, 22278, 23261)
w <- data.frame(firefly, renilla, day = rep(1:4, each = 21), arm = rep(arms, each = 3))

by_day <- function(f, column) sapply(1:4, function(j) f(w[w$day == j & w$arm == "blank", column]))
net_f <- w$firefly - by_day(mean, "firefly")[w$day]
net_r <- w$renilla - by_day(mean, "renilla")[w$day]
lod <- by_day(mean, "renilla") + 3 * by_day(sd, "renilla")
used <- w$arm != "blank" & w$renilla >= lod[w$day] & net_f > 0 & net_r > 0
units <- function(value) {
    value[!used] <- NA
    sapply(arms[-1], function(a) sapply(1:4, function(j)
        mean(value[w$day == j & w$arm == a], na.rm = TRUE)))
}
y <- units(log(ifelse(used, net_f, 1) / ifelse(used, net_r, 1)))
control <- units(log(ifelse(used, net_r, 1)))

pin_blocks <- function(id, key, d, tost = NULL) {
    se <- sd(d) / sqrt(length(d))
    pin(id, key, c(list(sd = sd(d)), with_t(mean(d), se, length(d) - 1)))
    if (!is.null(tost))
        pin(tost, key, with_tost(mean(d), se, length(d) - 1))
}
effect <- function(x, con) x[, paste0(con, ".mir")] - x[, paste0(con, ".scr")]

# One fit on exactly four cells: WT and `other`.
pin_four <- function(tag, other) {
    at <- c("WT.mir", "WT.scr", paste0(other, c(".mir", ".scr")))
    d <- data.frame(y = c(y[, at]), cell = factor(rep(1:4, each = 4)), day = factor(rep(1:4, 4)))
    fit <- lm(y ~ cell + day, d)
    b <- c(0, coef(fit)[2:4])
    v <- rbind(0, cbind(0, vcov(fit)[2:4, 2:4]))
    pin(tag, paste(tag, "did"), list(df = fit$df.residual, mse = sum(resid(fit)^2) / fit$df.residual))
    for (con in c("WT", "MUT", "did")) {
        c4 <- list(WT = c(1, -1, 0, 0), MUT = c(0, 0, 1, -1), did = c(1, -1, -1, 1))[[con]]
        est <- sum(c4 * b)
        se <- sqrt(drop(c4 %*% v %*% c4))
        x <- with_t(est, se, fit$df.residual)
        e <- with_tost(est, se, fit$df.residual)
        pin(paste0(tag, con), paste(tag, con),
            list(est = est, se = se, t = x$t, p = x$p_two_sided, fold = x$fold,
                 fold_low = x$fold_lo, fold_high = x$fold_hi, tost_p_lower = e$p_lower,
                 tost_p_upper = e$p_upper, ni_p = noninferiority(est, se, fit$df.residual)))
    }
}

start_header("wells.R")
index <- function(x) paste0(x, "u")
emit_array("units_y", c(y))
emit_array("units_control", c(control))
emit_array("units_cell", rep(0:5, each = 4), "unsigned", index)
emit_array("units_block", rep(0:3, 6), "unsigned", index)
blank_sd <- by_day(sd, "renilla")
blank_mean <- by_day(mean, "renilla")
for (j in 1:4)
    pin("F0", paste0("blank P", j),
        list(F_mean = by_day(mean, "firefly")[j], F_sd = by_day(sd, "firefly")[j],
             R_mean = blank_mean[j], R_sd = blank_sd[j], R_LOD3 = blank_mean[j] + 3 * blank_sd[j],
             R_LOQ10 = blank_mean[j] + 10 * blank_sd[j]))
loq <- blank_mean + 10 * blank_sd
under <- w$arm != "blank" & (w$renilla < loq[w$day] | net_f <= 0)
pin("F1", "wells under the LOQ", list(n_excluded = sum(under)))
stopifnot(identical(which(under), which(w$arm != "blank" & !used)))
pin("F1", "dead well", list(F_net = net_f[under], R_net = net_r[under]))
for (arm in arms[-1]) for (j in 1:4)
    pin("F2", sub(".", " ", paste0("unit D", j, " ", arm), fixed = TRUE),
        list(n_wells = sum(used[w$day == j & w$arm == arm]), y = y[j, arm]), 1e-12)
pin_blocks("F3WT", "block WT", effect(y, "WT"), "F3tWT")
pin_blocks("F3MUT", "block MUT", effect(y, "MUT"), "F3tMUT")
pin_blocks("F3EV", "block EV", effect(y, "EV"), "F3tEV")
pin_blocks("F4", "block did", effect(y, "WT") - effect(y, "MUT"))
pin_blocks("F5WT", "block WT-EV", effect(y, "WT") - effect(y, "EV"))
pin_blocks("F5MUT", "block MUT-EV", effect(y, "MUT") - effect(y, "EV"))
pin_blocks("F6", "control", rowMeans(sapply(c("WT", "MUT", "EV"), function(k) effect(control, k))))
pin("RF", "wells left out", list(wells_excluded = sum(w$arm != "blank" & !used)))
pin_four("RF", "MUT")
pin_four("RFev", "EV")
emit_pins("wells_rows")
