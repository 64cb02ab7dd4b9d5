# SPDX-License-Identifier: GPL-3.0-or-later
# Independent replicates: four cells of unequal size and spread, technical wells, split blocks.
source("emit.R")

four <- list(WT_mir = c(-0.5835, -0.4289, -0.5922, -0.4457, -0.5462),
             WT_scr = c(-0.0336, 0.1619, -0.0642, 0.1013),
             MUT_mir = c(-0.0577, -0.1441, -0.0078, 0.0225, -0.0395, -0.0029),
             MUT_scr = c(-0.0915, 0.1281, 0.1922))
wells <- list(WT_mir = c(-0.3053, -0.2341, -0.3054, -0.2816),
              WT_scr = c(0.1777, 0.146, 0.0907, 0.1189),
              MUT_mir = c(0.1107, 0.082, 0.0861, 0.0702),
              MUT_scr = c(0.1738, 0.1336, 0.182, 0.1522))
split_scr <- list(WT = c(0.1665, 0.0946, -0.2286, -0.3368, 0.4176),
                  MUT = c(-0.2143, 0.6996, 0.0018, 0.5045))
split_mir <- list(WT = c(-0.2214, -0.574, -0.573, -0.903, -0.2061),
                  MUT = c(-0.3424, 0.4966, -0.0599, 0.489))
did <- c(1, -1, -1, 1)

satterthwaite <- function(cells, w) {
    parts <- w^2 * sapply(cells, var) / lengths(cells)
    list(est = sum(w * sapply(cells, mean)), se = sqrt(sum(parts)),
         df = sum(parts)^2 / sum(parts^2 / (lengths(cells) - 1)))
}

start_header("unblocked.R")
for (cell in names(four)) {
    y <- four[[cell]]
    emit_array(paste0("four_", cell), y)
    pin("A0", paste("cell", cell), list(n = length(y), mean = mean(y), sd = sd(y),
                                        geomean = exp(mean(y))))
}
for (con in c("WT", "MUT")) {
    a <- four[[paste0(con, "_mir")]]
    b <- four[[paste0(con, "_scr")]]
    est <- mean(a) - mean(b)
    h <- t.test(a, b)
    key <- paste("welch", con)
    pin(paste0("A1", con), key, c(list(est = est, fold = exp(est)), from_htest(h),
                                  list(stderr = h$stderr)))
    pin(paste0("A3", con), key, with_tost(est, h$stderr, h$parameter[[1]]))
    pin(paste0("A4", con), key, list(p_less = t.test(a, b, alternative = "less")$p.value))
    s <- t.test(a, b, var.equal = TRUE)
    pin(paste0("A2", con), paste("student", con), c(from_htest(s), list(stderr = s$stderr)))
    if (con == "MUT")
        pin("A9", key, list(p_ni = noninferiority(est, h$stderr, h$parameter[[1]])))
}

long <- data.frame(y = unlist(four, use.names = FALSE),
                   cell = factor(rep(names(four), lengths(four)), levels = names(four)))
long$construct <- sub("_.*", "", long$cell)
long$treatment <- sub(".*_", "", long$cell)
fit <- lm(y ~ 0 + cell, long)
pin("A6", "did pooled", with_t(sum(did * coef(fit)), sqrt(drop(did %*% vcov(fit) %*% did)),
                               fit$df.residual))
table <- anova(lm(y ~ construct + treatment, long), lm(y ~ construct * treatment, long))
pin("A6F", "did pooled", list(F = table$F[2], df1 = table$Df[2], df2 = table$Res.Df[2], p = table$`Pr(>F)`[2]))
q <- satterthwaite(four, did)
pin("A7", "did satterthwaite", with_t(q$est, q$se, q$df))
pin("A8", "did satterthwaite", with_tost(q$est, q$se, q$df))

for (cell in names(wells))
    emit_array(paste0("wells_", cell), wells[[cell]])
q <- satterthwaite(wells, did)
pin("G1", "wells did satterthwaite", with_t(q$est, q$se, q$df))

d <- Map(`-`, split_mir, split_scr)
for (con in names(d)) {
    emit_array(paste0("split_mir_", con), split_mir[[con]])
    emit_array(paste0("split_scr_", con), split_scr[[con]])
}
h <- t.test(d$WT, d$MUT)
pin("E1", "split welch", c(list(est = mean(d$WT) - mean(d$MUT)), from_htest(h),
                           list(stderr = h$stderr)))
h <- t.test(d$WT, d$MUT, var.equal = TRUE)
pin("E2", "split student", c(from_htest(h), list(stderr = h$stderr)))

# WT minus half of each mutant cell's mean: coefficients other than 1, and a cell left out.
w <- c(1, 0, -0.5, -0.5)
q <- satterthwaite(four[w != 0], w[w != 0])
pin("X1", "mixed satterthwaite", with_t(q$est, q$se, q$df))
pin("X2", "mixed pooled", with_t(sum(w * coef(fit)), sqrt(drop(w %*% vcov(fit) %*% w)),
                                 fit$df.residual))
emit_pins("unblocked_rows")
