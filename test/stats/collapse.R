# SPDX-License-Identifier: GPL-3.0-or-later
# One ratio from the wells of a unit: ratio of sums, lines through 0, the robust line.
#
# Wells: firefly and Renilla light of the Cebpa promoter in PUER cells, 8 experiments, published
# with Repele and Manu 2019, Methods Protoc. 2:62 (github.com/mlekkha/LUCNORM, MIT licence).
source("emit.R")

luc <- c(623, 377, 340, 319, 282, 600, 532, 456, 344, 456, 119, 107, 147, 110, 97, 94, 63, 146,
         147, 167, 143, 101, 52, 44, 60, 90, 89, 95, 54, 125, 81, 109, 68, 93, 128, 82, 64, 71,
         102, 115, 54, 73, 56, 101, 135, 46, 79, 68, 92, 97, 82, 92, 78, 140, 45, 237, 288, 420,
         300, 282, 365, 385, 300, 440, 588, 27, 84, 40, 41, 71, 176, 121, 155, 79, 24, 63, 82,
         81, 98, 86, 130, 63, 114, 109, 66)
ren <- c(41, 25, 31, 30, 26, 63, 45, 38, 33, 43, 12, 10, 13, 6, 10, 6, 6, 10, 9, 9, 9, 5, 5, 5,
         4, 5, 3, 4, 3, 7, 5, 6, 4, 8, 6, 7, 4, 3, 6, 10, 4, 5, 6, 8, 6, 4, 4, 4, 6, 3, 3, 5, 3,
         3, 2, 15, 16, 23, 22, 18, 22, 25, 22, 33, 29, 2, 4, 3, 3, 3, 15, 14, 12, 9, 2, 4, 7, 4,
         5, 4, 5, 5, 7, 5, 5)
experiment <- rep(1:8, c(10, 10, 10, 15, 10, 10, 10, 10))

# What the program that came with the article prints for these wells, through 0: as they are, and
# with each channel over its largest value. Its optimiser stops at about 7 digits, scaled at 5.
printed <- c(13.59414927, 11.61247138, 13.51744175, 17.75489658, 15.56371293, 23.99484781,
             16.34502783, 11.87645549, 18.25561162, 13.15032275)
printed_scaled <- c(13.28108451, 11.48691491, 13.13728205, 17.21657415, 15.07741327, 22.07160244,
                    16.13048028, 11.52742394, 17.61241305, 12.90102928)
# Its plain errors-in-variables slope, from 4 * sxy * 2 where 4 * sxy^2 is meant: not to be met.
printed_eiv <- c(13.4176856223289, 11.5354862233269, 13.4431657738955, 17.6920174441095,
                 15.4994658483081, 24.0137302726545, 16.2962065809712, 11.7796088966437,
                 18.1923647633557, 13.0614954352942)

# The slope of the line through 0 with the least sum of squares y^2 / v + x^2 over the plane, from
# the minor axis of the scaled wells.
deming <- function(x, y, ratio) {
    root <- sqrt(ratio)
    axis <- eigen(crossprod(cbind(x, y / root)), symmetric = TRUE)$vectors[, 2]
    -axis[1] / axis[2] * root
}
least_squares <- function(x, y) coef(lm(y ~ 0 + x))[[1]]

rho <- function(u, k) ifelse(abs(u) < k, k^2 / 6 * (1 - (1 - (u / k)^2)^3), k^2 / 6)
psi <- function(u, k) ifelse(abs(u) < k, u * (1 - (u / k)^2)^2, 0)
off_line <- function(angle, x, y) x * cos(angle) + y * sin(angle)
turning <- function(angle, x, y) y * cos(angle) - x * sin(angle)
m_scale <- function(angle, x, y) {
    e <- off_line(angle, x, y)
    exp(uniroot(function(l) mean(rho(e / exp(l), 1.56)) - .05, log(max(abs(e))) + c(-30, 3),
                tol = 1e-14)$root)
}
robust <- function(x, y, scaled = FALSE) {
    unit <- if (scaled) c(max(x), max(y)) else c(1, 1)
    x <- x / unit[1]
    y <- y / unit[2]
    grid <- seq(pi / 2, pi, length = 721)
    at <- grid[which.min(sapply(grid, m_scale, x, y))]
    first <- optimize(m_scale, at + c(-1, 1) * pi / 1440, x, y, tol = 1e-10)
    scale <- first$objective
    lost <- function(a) mean(rho(off_line(a, x, y) / scale, 4.7))
    close <- first$minimum + seq(-.2, .2, length = 801)
    near <- optimize(lost, close[which.min(sapply(close, lost))] + c(-1, 1) * .0005, tol = 1e-8)$minimum
    # a root says where the minimum is to all digits, comparing values only to half of them
    angle <- uniroot(function(a) mean(psi(off_line(a, x, y) / scale, 4.7) * turning(a, x, y)),
                     near + c(-1e-4, 1e-4), tol = 1e-15)$root
    -cos(angle) / sin(angle) * unit[2] / unit[1]
}

start_header("collapse.R")
index <- function(x) paste0(x, "u")
# Ten sets: all wells, each experiment, the wells with more than 8 units of Renilla light.
sets <- c(list(rep(TRUE, 85)), lapply(1:8, function(e) experiment == e), list(ren > 8))
emit_array("luc", luc)
emit_array("ren", ren)
emit_array("experiment", experiment, "unsigned", index)
emit_array("printed", printed)
emit_array("printed_scaled", printed_scaled)
emit_array("printed_eiv", printed_eiv)
pin_set <- function(id, set, x, y) {
    pin(id, paste(set, "sums"), list(slope = sum(y) / sum(x)), 1e-13)
    pin(id, paste(set, "squares"), list(slope = least_squares(x, y)), 1e-12)
    pin(id, paste(set, "equal"), list(slope = deming(x, y, 1)), 1e-12)
    pin(id, paste(set, "free"), list(slope = deming(x, y, (sum(y) / sum(x))^2)), 1e-12)
    pin(id, paste(set, "three"), list(slope = deming(x, y, 3)), 1e-12)
    pin(id, paste(set, "robust"), list(slope = robust(x, y)), 1e-9)
    pin(id, paste(set, "scaled"), list(slope = robust(x, y, TRUE)), 1e-9)
}
for (k in seq_along(sets))
    pin_set("X60", k - 1, ren[sets[[k]]], luc[sets[[k]]])

# Wells of one unit in reader units, the last one with a bubble.
bubble_x <- c(9120, 15230, 22010, 7840, 18340, 12060, 16400, 10450, 13980, 8730)
bubble_y <- c(4410, 7190, 10820, 3650, 9010, 5700, 30250, 5020, 6690, 4310)
emit_array("bubble_x", bubble_x)
emit_array("bubble_y", bubble_y)
pin_set("X61", 10, bubble_x, bubble_y)
emit_pins("collapse_rows")
