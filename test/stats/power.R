# SPDX-License-Identifier: GPL-3.0-or-later
# Power, replicates, detectable effects, bounds of a standard deviation. R's pt(ncp=) is exact to
# about 1e-9 only, so the noncentral t distribution is integrated here.
source("emit.R")

# P(T > t), or P(T <= t): each the mean of a normal tail over the estimated SD s.
tail_of <- function(t, nu, ncp, lower) {
    f <- function(s) 2 * nu * s * dchisq(nu * s^2, nu) * pnorm(t * s - ncp, lower.tail = lower)
    knots <- sort(unique(c(0, .05, .2, .5, .8, 1, 1.3, 1.8, 2.5, 3.5, 5, 7, 12)))
    sum(sapply(seq_along(knots)[-1], function(k)
        integrate(f, knots[k - 1], knots[k], rel.tol = 1e-13, abs.tol = 0, subdivisions = 2000,
                  stop.on.error = FALSE)$value))
}
power_of <- function(ncp, nu, alpha = .05) {
    limit <- qt(alpha / 2, nu, lower.tail = FALSE)
    tail_of(limit, nu, ncp, FALSE) + tail_of(-limit, nu, ncp, TRUE)
}
designs <- list(block = c(1, 1), interaction = c(4, 3), effect = c(2, 3), four = c(4, 4),
                two = c(2, 2))
power_at <- function(design, n, effect, sd, alpha = .05) {
    d <- designs[[design]]
    power_of(abs(effect) / (sd * sqrt(d[1] / n)), d[2] * (n - 1), alpha)
}
fewest <- function(design, effect, sd, wanted = .8, alpha = .05) {
    n <- 2
    while (power_at(design, n, effect, sd, alpha) < wanted)
        n <- n + 1
    n
}
detectable <- function(design, n, sd, wanted = .8, alpha = .05) {
    d <- designs[[design]]
    ncp <- uniroot(function(x) power_of(x, d[2] * (n - 1), alpha) - wanted, c(0, 60), tol = 1e-12)
    list(mde_ln = ncp$root * sd * sqrt(d[1] / n), mde_fold = exp(-ncp$root * sd * sqrt(d[1] / n)),
         ncp = ncp$root)
}

start_header("power.R")
for (n in c(3, 4, 5, 6, 8, 10)) for (sd in c(.1, .2, .3)) {
    pin("M1", paste("power block", n, sd, .7, .05), list(power = power_at("block", n, log(.7), sd)))
    pin("M2", paste("power two", n, sd, .7, .05), list(power = power_at("two", n, log(.7), sd)))
    pin("M3", paste("power four", n, sd, .7, .05), list(power = power_at("four", n, log(.7), sd)))
    pin("M8", paste("mde block", n, sd, .8, .05), detectable("block", n, sd), 1e-9)
}
for (sd in c(.1, .15, .2, .3, .4)) {
    n <- fewest("block", log(.7), sd)
    pin("M4", paste("fewest block", sd, .7, .8, .05), list(r = n, power = power_at("block", n, log(.7), sd)))
    n <- fewest("four", log(.7), sd)
    pin("M5", paste("fewest four", sd, .7, .8, .05), list(n = n, power = power_at("four", n, log(.7), sd)))
}
for (df in c(2, 3, 4, 7.3, 10, 30)) for (ncp in c(.5, 2, 5, 10)) for (t in c(-1, 0, 2, 4.302652729749464))
    pin("M6", sprintf("lower %.16g %g %g", t, df, ncp), list(cdf = tail_of(t, df, ncp, TRUE)))
# At t = 0 it is pnorm(-ncp); of the second reference the row df = 3, ncp = 10 is 2e-10 away from that.
stopifnot(all(abs(sapply(c(2, 3, 30), function(df) tail_of(0, df, 10, TRUE)) / pnorm(-10) - 1) < 1e-12))
pin("M7", "sd 0.15 2 0.8", list(sd_upper = .15 * sqrt(2 / qchisq(.2, 2))))

# The pooled error of blocks, other alphas, the other tail, negative ncp.
for (design in c("interaction", "effect")) for (n in c(2, 3, 6)) for (alpha in c(.05, .001)) {
    pin("X50", paste("power", design, n, .15, .7, alpha),
        list(power = power_at(design, n, log(.7), .15, alpha)))
    pin("X51", paste("mde", design, n, .15, .9, alpha), detectable(design, n, .15, .9, alpha), 1e-8)
    k <- fewest(design, log(.8), .05 * n, .9, alpha)
    pin("X52", paste("fewest", design, .05 * n, .8, .9, alpha),
        list(n = k, power = power_at(design, k, log(.8), .05 * n, alpha)))
}
for (df in c(1, 2.5, 12, 200)) for (ncp in c(-3, 0, 1, 8)) for (t in c(-2, .5, 6))
    pin("X53", sprintf("upper %g %g %g", t, df, ncp), list(p = tail_of(t, df, ncp, FALSE)), 1e-9)
for (df in c(1, 3, 5.5, 20, 1000)) for (confidence in c(.5, .8, .95, .999))
    pin("X54", paste("sd", .2, df, confidence),
        list(sd_upper = .2 * sqrt(df / qchisq(1 - confidence, df))))
emit_pins("power_rows")
