# SPDX-License-Identifier: GPL-3.0-or-later
# Many treatments against one control (Dunnett), dose slopes, double mutants.
# Takes two minutes: integrals within integrals.
source("emit.R")

# P(any treatment beyond the limit t), as an integral over the control's deviation z and the
# estimated SD s, by nested integrate(); chances are summed directly, which keeps small ones exact.
any_beyond <- function(t, n, n0, nu, two = TRUE) {
    lambda <- sqrt(n / (n + n0))
    rest <- sqrt(1 - lambda^2)
    given_s <- function(s) integrate(function(z) {
        stay <- 0
        for (i in seq_along(n)) {
            out <- pnorm((lambda[i] * z + t * s) / rest[i], lower.tail = FALSE)
            if (two)
                out <- out + pnorm((lambda[i] * z - t * s) / rest[i])
            stay <- stay + log1p(-pmin(out, 1))
        }
        -dnorm(z) * expm1(stay)
    }, -9, 9, rel.tol = 1e-12, abs.tol = 0, subdivisions = 2000)$value
    density <- function(s) 2 * nu * s * dchisq(nu * s^2, nu)
    knots <- c(0, .02, .1, .3, .6, 1, 1.5, 2.5, 5, 9)
    top <- sqrt(qchisq(1e-18, nu, lower.tail = FALSE) / nu)
    knots <- c(knots[knots < top], top)
    sum(sapply(seq_along(knots)[-1], function(k)
        integrate(Vectorize(function(s) density(s) * given_s(s)), knots[k - 1], knots[k],
                  rel.tol = 1e-11, abs.tol = 1e-25, subdivisions = 2000)$value))
}
critical <- function(n, n0, nu, two = TRUE, alpha = .05) {
    tail <- if (two) alpha / 2 else alpha
    range <- qt(c(tail, tail / length(n)), nu, lower.tail = FALSE) + c(-1e-2, 1e-2)
    uniroot(function(t) any_beyond(t, n, n0, nu, two) - alpha, range, tol = 1e-13)$root
}

# Every row of one screen: `means`, `n` with the control first.
pin_screen <- function(id, key, arms, means, n, mse, nu, sides = c("two", "less")) {
    t <- (means[-1] - means[1]) / sqrt(mse * (1 / n[-1] + 1 / n[1]))
    pin(id, paste(key, "common"), list(mse = mse, df = nu))
    limit <- critical(n[-1], n[1], nu)
    pin(paste0(id, "crit"), paste(key, "common"), list(d_crit = limit), 1e-9)
    for (i in seq_along(t)) {
        at <- paste(key, i - 1)
        half <- limit * sqrt(mse * (1 / n[i + 1] + 1 / n[1]))
        est <- means[i + 1] - means[1]
        one <- paste0(id, "_", arms[i + 1])
        pin(one, at, list(est = est, t = t[i], lambda = sqrt(n[i + 1] / (n[i + 1] + n[1])),
                          p_adj = any_beyond(abs(t[i]), n[-1], n[1], nu), lo = est - half,
                          hi = est + half), 1e-9)
        for (side in setdiff(sides, "two")) {
            inward <- if (side == "less") -t[i] else t[i]
            x <- list(any_beyond(inward, n[-1], n[1], nu, FALSE))
            names(x) <- paste0("p_adj_", side)
            pin(one, at, x, 1e-9)
        }
    }
}
pin_groups <- function(id, key, groups, sides = c("two", "less")) {
    d <- data.frame(y = unlist(groups), g = factor(rep(names(groups), lengths(groups)),
                                                   levels = names(groups)))
    fit <- lm(y ~ g, d)
    pin_screen(id, key, names(groups), sapply(groups, mean), lengths(groups),
               sum(resid(fit)^2) / fit$df.residual, fit$df.residual, sides)
}

start_header("many.R")
index <- function(x) paste0(x, "u")

screen <- list(scr = c(-0.0388, -0.009, 0.0692, 0.1301, 0.1008, -0.3688),
               `miR-1` = c(-0.0657, -0.1237, -0.3009, -0.3706),
               `miR-2` = c(-0.1837, 0.1082, -0.1741, -0.1455, -0.0781),
               `miR-3` = c(-0.3, -0.4181, -0.5363),
               `miR-4` = c(-0.1336, 0.1371, 0.1141, 0.0894))
# Dunnett 1955, table 1: blood counts under two drugs.
blood <- list(control = c(7.40, 8.50, 7.20, 8.24, 9.84, 8.32), A = c(9.76, 8.80, 7.68, 9.36),
              B = c(12.80, 9.68, 12.16, 9.20, 10.55))
# One treatment of a single value, one far away, two of equal size.
uneven <- list(scr = c(0.02, -0.05, 0.04, 0.01, -0.03), a = c(-0.9, -0.86, -0.95), b = -0.11,
               c = c(0.03, 0.06, 0.12), d = c(-0.02, 0.05))
for (set in c("screen", "blood", "uneven")) {
    emit_array(paste0(set, "_y"), unlist(get(set)))
    emit_array(paste0(set, "_n"), lengths(get(set)), "size_t", index)
}
pin_groups("H1", "screen", screen)
pin_groups("H2", "blood", blood)
pin_groups("X40", "uneven", uneven, c("two", "less", "greater"))

for (k in c(1, 2, 3, 5)) for (nu in c(4, 6, 10, 20))
    pin("H3", paste("critical two 1 1", k, nu), list(d_crit = critical(rep(1, k), 1, nu)), 1e-9)
for (k in c(1, 4, 24)) for (nu in c(1, 2, 5.5, 60)) {
    pin("X41", paste("critical less 3 6", k, nu), list(d_crit = critical(rep(3, k), 6, nu, FALSE)), 1e-8)
    pin("X41", paste("critical two 3 6", k, nu), list(d_crit = critical(rep(3, k), 6, nu)), 1e-8)
}
# Many more values than the control has: what is integrated is steep.
for (n in c(60, 400))
    pin("X45", paste("critical two", n, 4, 20, 2000), list(d_crit = critical(rep(n, 20), 4, 2000)), 1e-8)
for (t in c(.3, 6, 20, 60)) for (nu in c(2, 5, 18, 200)) {
    p <- any_beyond(t, c(2, 3, 3), 4, nu)
    if (p > 1e-11)
        pin("X42", paste("chance", t, nu), list(p_adj = p), 1e-8)
}

# Four days, a control and four treatments; the last day lacks one of them.
days <- rbind(c(0.05, -0.21, 0.02, -0.44, 0.11), c(0.31, 0.12, 0.27, -0.09, 0.29),
              c(-0.12, -0.33, -0.25, -0.61, -0.02), c(0.18, 0.01, 0.2, NA, 0.3))
emit_array("days_y", c(t(days))[!is.na(t(days))])
emit_array("days_cell", rep(0:4, 4)[!is.na(t(days))], "unsigned", index)
emit_array("days_block", rep(0:3, each = 5)[!is.na(t(days))], "unsigned", index)
whole <- days[complete.cases(days), ]
fit <- lm(c(whole) ~ factor(col(whole)) + factor(row(whole)))
pin_screen("X43", "days", 0:4, colMeans(whole), rep(nrow(whole), 5),
           sum(resid(fit)^2) / fit$df.residual, fit$df.residual, c("two", "less", "greater"))

# Doses 0, 1, 5, 25 nM as scores 0 to 3.
dose <- list(WT = rbind(c(0.1853, -0.1175, -0.3104, -0.4345), c(-0.1603, -0.3292, -0.5091, -0.8044),
                        c(0.2483, 0.1541, -0.1141, -0.4387), c(0.2001, 0.0218, -0.3077, -0.5017)),
             MUT = rbind(c(0.1316, 0.0952, 0.1356, 0.1374), c(-0.0872, -0.2135, -0.3383, -0.1738),
                         c(0.0608, 0.0764, 0.1159, 0.1654), c(0.0822, 0.1047, 0.0347, 0.0897)))
emit_array("dose_y", unlist(lapply(dose, t)))
slopes <- lapply(dose, function(y) apply(y, 1, function(v) coef(lm(v ~ seq(0, 3)))[[2]]))
pin_slope <- function(id, key, s)
    pin(id, key, c(list(sd = sd(s)), with_t(mean(s), sd(s) / sqrt(length(s)), length(s) - 1)))
pin_slope("P1WT", "slope WT", slopes$WT)
pin_slope("P1MUT", "slope MUT", slopes$MUT)
pin_slope("P2", "slope WT-MUT", slopes$WT - slopes$MUT)

# Two sites, alone and together: treatment and control of WT, M1, M2, M12 on five days.
sites <- rbind(c(-0.82, 0.05, -0.41, 0.02, -0.36, 0.09, 0.04, 0.06),
               c(-0.61, 0.21, -0.33, 0.17, -0.12, 0.15, 0.22, 0.14),
               c(-1.07, -0.11, -0.52, -0.16, -0.58, -0.09, -0.14, -0.18),
               c(-0.77, 0.13, -0.46, 0.04, -0.21, 0.18, 0.01, 0.11),
               c(-0.93, 0.02, -0.35, 0.08, -0.44, -0.03, 0.1, 0.03))
weights <- c(1, -1, -1, 1, -1, 1, 1, -1)
emit_array("sites_y", c(t(sites)))
own <- drop(sites %*% weights)
pin("X44", "sites block", with_t(mean(own), sd(own) / sqrt(5), 4))
fit <- lm(c(sites) ~ 0 + factor(col(sites)) + factor(row(sites)))
se <- sqrt(sum(weights^2) / 5 * sum(resid(fit)^2) / fit$df.residual)
pin("X44", "sites pooled", with_t(sum(weights * colMeans(sites)), se, fit$df.residual))
parts <- apply(sites, 2, var) / 5
pin("X44", "sites welch", with_t(sum(weights * colMeans(sites)), sqrt(sum(parts)),
                                 sum(parts)^2 / sum(parts^2 / 4)))
emit_pins("many_rows")
