# SPDX-License-Identifier: GPL-3.0-or-later
# Blocks: complete, incomplete, with a lone value, with repeats, in two sets, and of WT alone.
source("emit.R")

cells <- c("WT.mir", "WT.scr", "MUT.mir", "MUT.scr")
contrasts <- list(WT = c(1, -1, 0, 0), MUT = c(0, 0, 1, -1), did = c(1, -1, -1, 1))

# A row a block, a column a cell; NA where a cell is missing.
table_of <- function(...) matrix(c(...), ncol = 4, byrow = TRUE, dimnames = list(NULL, cells))
blocked5 <- table_of(-0.6976, -0.0853, -0.2472, -0.0571, -0.2999, 0.2385, 0.0553, 0.2397,
                     -0.2553, 0.1166, 0.0362, 0.181, -0.2363, 0.3627, 0.0205, 0.2033,
                     -0.6816, -0.1367, -0.3128, -0.2261)
blocked3 <- table_of(-0.05, 0.7414, 0.4906, 0.6704, -0.0265, 0.4516, 0.4786, 0.4562,
                     -0.344, 0.1413, 0.0694, 0.133)
incomplete <- table_of(-0.7399, -0.1754, -0.3344, -0.1315, -0.1872, 0.5213, NA, 0.3236,
                       -0.8045, -0.3828, -0.668, -0.3488, -0.7172, NA, -0.0419, -0.0191,
                       -0.3597, 0.133, 0.1475, 0.1303, -0.127, 0.6097, 0.3261, 0.4961)

long_of <- function(x) {
    keep <- !is.na(t(x))
    data.frame(y = t(x)[keep], cell = rep(0:3, nrow(x))[keep],
               block = rep(seq_len(nrow(x)) - 1, each = 4)[keep])
}
emit_data <- function(name, d) {
    emit_array(paste0(name, "_y"), d$y)
    emit_array(paste0(name, "_cell"), d$cell, "unsigned", function(x) paste0(x, "u"))
    emit_array(paste0(name, "_block"), d$block, "unsigned", function(x) paste0(x, "u"))
}

# Cells as differences from the first, which fixed blocks leave determined.
fit_of <- function(d) {
    d$cell <- factor(d$cell)
    d$block <- factor(d$block)
    fit <- lm(if (nlevels(d$block) > 1) y ~ cell + block else y ~ cell, d)
    at <- paste0("cell", levels(d$cell)[-1])
    list(b = coef(fit)[at], v = vcov(fit)[at, at, drop = FALSE], df = fit$df.residual,
         mse = sum(resid(fit)^2) / fit$df.residual)
}
pooled <- function(f, w) {
    w <- w[-1]
    list(est = sum(w * f$b), se = sqrt(drop(w %*% f$v %*% w)), df = f$df)
}
pin_pooled <- function(id, key, q, mse) pin(id, key, c(list(mse = mse), with_t(q$est, q$se, q$df)))

pin_default <- function(id, key, q) {
    v <- with_t(q$est, q$se, q$df)
    e <- with_tost(q$est, q$se, q$df)
    pin(id, key, list(est = v$est, se = v$se, t = v$t, p = v$p_two_sided, fold = v$fold,
                      fold_low = v$fold_lo, fold_high = v$fold_hi, tost_p_lower = e$p_lower,
                      tost_p_upper = e$p_upper, ni_p = noninferiority(q$est, q$se, q$df)))
}

pin_per_block <- function(tag, name, x) {
    for (con in c("WT", "MUT")) {
        at <- paste(con, c("mir", "scr"), sep = ".")
        d <- x[, at[1]] - x[, at[2]]
        d <- d[!is.na(d)]
        key <- paste(name, "per-block", con)
        h <- t.test(d)
        se <- sd(d) / sqrt(length(d))
        pin(paste0(tag, "1", con), key, c(list(n = length(d), est = mean(d), se = se,
                                               fold = exp(mean(d))), from_htest(h)))
        pin(paste0(tag, "2", con), key, with_tost(mean(d), se, length(d) - 1))
        pin(paste0(tag, "3", con), key, list(p_ni = noninferiority(mean(d), se, length(d) - 1)))
    }
    d <- (x[, 1] - x[, 2]) - (x[, 3] - x[, 4])
    for (j in which(!is.na(d)))
        pin(paste0(tag, "4"), paste(name, "block"), setNames(d[j], paste0("D[block ", j, "]")))
    d <- d[!is.na(d)]
    key <- paste(name, "per-block did")
    se <- sd(d) / sqrt(length(d))
    pin(paste0(tag, "5"), key, c(list(r = length(d), sdD = sd(d)),
                                 with_t(mean(d), se, length(d) - 1)))
    pin(paste0(tag, "6"), key, with_tost(mean(d), se, length(d) - 1))
}

# With random blocks that are complete, REML's interaction and its error are those of fixed blocks,
# and Satterthwaite's and Kenward-Roger's degrees of freedom are the residual ones, as long as the
# variance between blocks is estimated above 0.
pin_mixed <- function(tag, key, x, q) {
    f <- fit_of(long_of(x))
    stopifnot(4 * var(rowMeans(x)) > f$mse)
    for (id in paste0(tag, 8:9))
        pin(id, key, with_t(q$est, q$se, q$df)[c("est", "se", "df", "t", "p_two_sided")], 1e-6)
}

pin_set <- function(tag, name, x) {
    d <- long_of(x)
    emit_data(name, d)
    pin_per_block(tag, name, x)
    f <- fit_of(d)
    pin(paste0("R", tag), paste(name, "fit did"), list(df = f$df, mse = f$mse))
    for (con in names(contrasts)) {
        q <- pooled(f, contrasts[[con]])
        key <- paste(name, "fit", con)
        pin_pooled(paste0(tag, "7", con), key, q, f$mse)
        pin_default(paste0("R", tag, con), key, q)
    }
    if (!anyNA(x))
        pin_mixed(tag, paste(name, "fit did"), x, q)
}

pin_fit <- function(id, name, d, which = names(contrasts), w = contrasts) {
    emit_data(name, d)
    f <- fit_of(d)
    for (con in which)
        pin_pooled(id, paste(name, "fit", con), pooled(f, w[[con]]), f$mse)
}

start_header("blocked.R")
pin_set("B", "blocked5", blocked5)
pin_set("C", "blocked3", blocked3)
pin_set("D", "incomplete", incomplete)

# A block with one value changes nothing; repeats within a block count as they are.
lone <- rbind(long_of(blocked3), data.frame(y = 0.9123, cell = 2, block = 3))
pin_fit("X3", "lone", lone)
repeats <- rbind(long_of(blocked3), data.frame(y = c(0.6102, -0.1011, 0.1777), cell = c(1, 0, 3),
                                               block = c(0, 0, 2)))
pin_fit("X4", "repeats", repeats)

# WT in some blocks, the mutant in others: WT and MUT are determined, their cells apart not.
# With blocks of one construct each, lm drops the column that the blocks already hold.
apart <- long_of(rbind(cbind(blocked3[, 1:2], NA, NA), cbind(NA, NA, blocked5[1:2, 3:4])))
emit_data("apart", apart)
wt <- factor(apart$cell %in% c(0, 2))
f <- lm(y ~ factor(block) + I(cell == 0) + I(cell == 2), apart)
at <- c("I(cell == 0)TRUE", "I(cell == 2)TRUE")
for (con in names(contrasts)) {
    w <- list(WT = c(1, 0), MUT = c(0, 1), did = c(1, -1))[[con]]
    q <- list(est = sum(w * coef(f)[at]), se = sqrt(drop(w %*% vcov(f)[at, at] %*% w)),
              df = f$df.residual)
    pin_pooled("X5", paste("apart fit", con), q, sum(resid(f)^2) / f$df.residual)
}

# Two cells only, as where the map holds no mutant: the paired t test.
alone <- long_of(cbind(blocked5[, 1:2], NA, NA))
pin_fit("X6", "alone", alone, "WT", list(WT = c(1, -1)))
h <- t.test(blocked5[, 1], blocked5[, 2], paired = TRUE)
pin("X7", "alone fit WT", from_htest(h))

# Blocks that differ by 1e6 leave the contrasts where they were.
far <- long_of(blocked3)
far$y <- far$y + c(1e6, 0, -1e6)[far$block + 1]
emit_data("far", far)
q <- pooled(fit_of(long_of(blocked3)), contrasts$did)
pin("X8", "far fit did", with_t(q$est, q$se, q$df), 1e-7)
emit_pins("blocked_rows")
