# SPDX-License-Identifier: GPL-3.0-or-later
# Adjusted p values: the example of Benjamini and Hochberg 1995, and ties with gaps, 0 and 1.
source("emit.R")

published <- c(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
               0.4262, 0.5719, 0.6528, 0.7590, 1.000)
awkward <- c(0.01, 0.01, 0.01, NA, 0.04, 0, 1, 0.04, NA)
shuffled <- published[c(9, 2, 14, 5, 1, 12, 7, 3, 15, 10, 4, 13, 8, 6, 11)]

pin_all <- function(id, name, p, methods) {
    emit_array(name, p)
    for (m in methods)
        pin(id, paste(name, m), setNames(as.list(p.adjust(p, m)),
                                         paste0("padj[", seq_along(p), "]")), 1e-13)
}

start_header("adjust.R")
five <- c("bonferroni", "holm", "hochberg", "BH", "BY")
pin_all("I1", "published", published, five)
pin_all("I2", "awkward", awkward, c("holm", "BH"))
pin_all("X20", "awkward_too", awkward, c("bonferroni", "hochberg", "BY"))
pin_all("X21", "shuffled", shuffled, five)
emit_pins("adjust_rows")
