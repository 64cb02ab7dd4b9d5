# SPDX-License-Identifier: GPL-3.0-or-later
# Quality of a plate: controls apart, edge and inside, median polish, B scores.
source("emit.R")

positive <- c(0.1307, 0.1073, 0.1119, 0.104, 0.1045, 0.1254, 0.094, 0.123)
negative <- c(0.9115, 1.0321, 1.1517, 0.892, 1.1102, 1.0934, 1.0035, 1.1217)
# 8 rows of 12 wells.
plate <- c(0.103, -0.113, -0.225, -0.163, -0.204, -0.097, -0.175, -0.266, -0.088, -0.141, -0.11,
           0.08, 0.223, -0.084, -0.086, -0.059, -0.11, -0.186, -0.083, -0.151, -0.109, -0.161,
           -0.131, 0.205, 0.165, 0.041, -0.05, -0.073, -0.845, -0.112, -0.07, -0.116, -0.041,
           -0.086, -0.099, 0.223, 0.274, -0.008, 0.091, -0.037, -0.115, -0.038, -0.057, -0.125,
           0.018, -0.132, -0.092, 0.236, 0.277, 0.053, 0.054, 0.003, 0.103, 0.011, -0.051, -0.034,
           -0.047, 0.026, 0.023, 0.322, 0.384, 0.077, -0.008, 0.086, 0.038, 0.101, 0.025, 0.1,
           0.665, 0.204, 0.186, 0.401, 0.407, 0.076, 0.124, 0.165, 0.147, 0.126, 0.167, 0.011,
           0.094, 0.128, 0.157, 0.406, 0.399, 0.069, 0.081, 0.142, 0.226, 0.188, 0.03, 0.137,
           0.085, 0.12, 0.121, 0.344)
plate <- matrix(plate, 8, 12, byrow = TRUE)

zprime <- function(a, b, centre, spread)
    1 - 3 * (spread(a) + spread(b)) / abs(centre(a) - centre(b))
pin_polish <- function(id, b_id, name, y, at, all) {
    emit_array(name, t(y))
    m <- medpolish(y, eps = 1e-12, maxiter = 200, trace.iter = FALSE, na.rm = TRUE)
    parts <- c(m$overall, m$row, m$col)
    parts[which(abs(parts) < 1e-9)] <- 0  # what halving left of it
    pin(id, name, setNames(as.list(parts), c("overall", paste0("row[", seq_along(m$row), "]"),
                                             paste0("col[", seq_along(m$col), "]"))))
    spread <- mad(m$residuals, na.rm = TRUE)
    pin(b_id, name, list(mad = spread))
    for (w in at)
        pin(b_id, name, setNames(list(m$residuals[w[1], w[2]] / spread),
                                 sprintf("B[%d,%d]", w[1], w[2])))
}

start_header("plate_quality.R")
emit_array("positive", positive)
emit_array("negative", negative)
p <- log(positive)
n <- log(negative)
pin("N1", "controls",
    list(zprime_raw = zprime(positive, negative, mean, sd), zprime_log = zprime(p, n, mean, sd),
         zprime_robust_log = zprime(p, n, median, mad),
         ssmd_log = (mean(p) - mean(n)) / sqrt(var(p) + var(n)),
         cv_neg = sd(negative) / mean(negative), cv_neg_log = sqrt(exp(var(n)) - 1),
         SB = mean(negative) / mean(positive)))

pin_polish("N2", "N3", "plate", plate,
           list(c(1, 1), c(3, 5), c(6, 9), c(8, 12), c(4, 7)))
# Wells missing, a whole row among them; one row more than columns; even numbers of each.
holes <- plate
holes[cbind(c(1, 1, 2, 5, 8), c(1, 2, 7, 5, 12))] <- NA
holes[4, ] <- NA
pin_polish("X80", "X80", "holes", holes, list(c(1, 3), c(3, 5), c(6, 9), c(8, 11)))
pin_polish("X81", "X81", "tall", plate[1:4, 1:3] * 10, list(c(1, 1), c(4, 3)))

edge <- row(plate) %in% c(1, 8) | col(plate) %in% c(1, 12)
h <- t.test(plate[edge], plate[!edge])
welch <- c(list(est = h$estimate[[1]] - h$estimate[[2]]), from_htest(h), list(stderr = h$stderr))
pin("N4", "edge bare", welch)
pin("X82", "edge all alike", welch)  # taking one mean off all changes nothing
# Four arms in columns 1-3, 4-6, 7-9, 10-12.
left <- plate - ave(plate, (col(plate) - 1) %/% 3)
h <- t.test(left[edge], left[!edge])
pin("X83", "edge of arms", c(list(est = h$estimate[[1]] - h$estimate[[2]]), from_htest(h),
                             list(stderr = h$stderr)))
emit_pins("plate_rows")
