# SPDX-License-Identifier: GPL-3.0-or-later
# Other ways from the wells of wells.R to the interaction: other values of a unit, single channels,
# a day left out, and wells taken for repeats, which they are not.
invisible(capture.output(source("wells.R")))  # for `w`, `used`, `units`, `net_f`, `net_r`, `arms`
pins <- NULL

light <- data.frame(f = net_f, r = net_r, day = w$day, arm = match(w$arm, arms[-1]))[used, ]
by_unit <- function(f) t(sapply(1:4, function(j) sapply(1:6, function(a)
    f(light[light$day == j & light$arm == a, ]))))
did <- function(u) (u[, 1] - u[, 2]) - (u[, 3] - u[, 4])
pin_did <- function(id, key, d) {
    se <- sd(d) / sqrt(length(d))
    pin(id, key, c(list(sd = sd(d)), with_t(mean(d), se, length(d) - 1)))
}

start_header("units.R")
index <- function(x) paste0(x, "u")
emit_array("light_f", light$f)
emit_array("light_r", light$r)
emit_array("light_arm", light$arm - 1, "unsigned", index)
emit_array("light_day", light$day - 1, "unsigned", index)
pin_did("F7", "ratio of sums", did(log(by_unit(function(x) sum(x$f) / sum(x$r)))))
pin_did("F8", "mean of ratios", did(log(by_unit(function(x) mean(x$f / x$r)))))
pin_did("F12", "reporter alone", did(by_unit(function(x) mean(log(x$f)))))
pin_did("F12", "control alone", did(by_unit(function(x) mean(log(x$r)))))
d <- did(by_unit(function(x) mean(log(x$f / x$r))))
for (j in 1:4)
    pin("F13", paste("without day", j - 1), with_t(mean(d[-j]), sd(d[-j]) / sqrt(3), 2))

y <- split(log(light$f / light$r), light$arm)[1:4]
parts <- sapply(y, var) / lengths(y)
wells <- with_t(sum(c(1, -1, -1, 1) * sapply(y, mean)), sqrt(sum(parts)),
                sum(parts)^2 / sum(parts^2 / (lengths(y) - 1)))
pin("F9", "wells", wells)
emit_pins("units_rows")
