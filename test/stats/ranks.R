# SPDX-License-Identifier: GPL-3.0-or-later
# Tests by ranks, exact and by approximation.
invisible(capture.output(source("unblocked.R")))  # for `four`
invisible(capture.output(source("numerics.R")))   # for `groups`
pins <- NULL

# R warns of ties where it turns to the approximation.
pin_ranks <- function(id, key, a, b = NULL) {
    h <- suppressWarnings(wilcox.test(a, b))
    pin(id, key, setNames(list(h$statistic[[1]]), names(h$statistic)))
    if (is.nan(h$p.value))  # nothing to rank
        pin(id, key, list(p = 0), status = "DLU_E_NO_VARIANCE")
    else
        pin(id, key, list(p = h$p.value))
}

# No ties, ties, zeros, and sizes on both sides of where R leaves the exact distribution.
spread_out <- function(n, step, from) from + step * ((seq_len(n) * 37) %% 101)
pairs <- list(small = list(a = c(0.3, 1.2, -0.4), b = c(2.1, 1.9, 3.3)),
              one = list(a = 0.2, b = c(0.1, 0.3, 0.5, 0.6)),
              large = list(a = spread_out(49, 1, 0), b = spread_out(49, 1, 0.25)),
              larger = list(a = spread_out(50, 1, 0), b = spread_out(20, 1, 30.25)),
              tied = list(a = c(1, 1, 2, 5, 5, 5, 9), b = c(0, 1, 2, 2, 3)))
differences <- list(three = c(-0.2, -0.5, -0.3),
                    seven = c(0.31, -0.12, 0.45, 0.5, 0.07, 0.9, -0.33),
                    tied = c(1, -1, 2, 3, 3, -4, 5),
                    zero = c(0, 0.4, -0.1, 0.6, 0.9, 0),
                    even = c(-2, 2),
                    large = spread_out(49, 1, -30.25),
                    larger = spread_out(50, 1, -40.25))

start_header("ranks.R")
pin_ranks("A5WT", "four WT", four$WT_mir, four$WT_scr)
pin_ranks("A5MUT", "four MUT", four$MUT_mir, four$MUT_scr)
pins <- sub('"p"', '"p_two_sided"', pins)
for (case in names(groups))
    pin_ranks(paste0("O3", case), paste("group", case), groups[[case]]$a, groups[[case]]$b)
for (name in names(pairs)) {
    emit_array(paste0("pair_", name, "_a"), pairs[[name]]$a)
    emit_array(paste0("pair_", name, "_b"), pairs[[name]]$b)
    pin_ranks("X60", paste("pair", name), pairs[[name]]$a, pairs[[name]]$b)
}
for (name in names(differences)) {
    emit_array(paste0("differences_", name), differences[[name]])
    pin_ranks("X61", paste("differences", name), differences[[name]])
}
emit_pins("ranks_rows")
