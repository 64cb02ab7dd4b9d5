# SPDX-License-Identifier: GPL-3.0-or-later
# Numbers that others have printed, and what they are when computed again.
source("emit.R")

# Liu 2011, Nat. Med. 17:211, figure 4D: miR-34a on the CD44 3'UTR, wild type and double mutant, as
# mean and standard error of n = 3 with control set to 1; the numbers are in Li 2015, eLife 4:e06434,
# protocol 7. Three values with that mean and SD stand for them.
three <- function(mean, sd) mean + c(-1, 0, 1) * sd
liu <- list(wt_mir = three(.6708, .15068842), wt_scr = c(1, 1, 1),
            mut_mir = three(.7803, .103923048), mut_scr = c(1, 1, 1))
# What Li 2015 and Yan 2019 (eLife 8:e43511) print, to their digits. Their F had more digits to come
# from than the table of means.
printed <- c(F = 1.0740, partial_eta_squared = .118360, f = .3664012, d = 3.08955,
             power_f = .8033, power_d = .8044)

# Reporter activity of two alleles (six3_meta), untreated and under cytokines, in
# two batches of three: example data of github.com/anthony-aylward/luciferase (MIT licence).
alleles <- list(untreated = list(alt = c(19.7, 16.2, 18.3, 6.5, 8.0, 4.4),
                                 ref = c(33.2, 30.3, 33.3, 8.4, 13.6, 17.1)),
                no_tnfa = list(alt = c(11.0, 8.8, 10.1, 3.2, 3.7, 3.3),
                               ref = c(17.1, 16.7, 18.8, 7.6, 6.7, 5.5)),
                cytokines = list(alt = c(10.8, 10.9, 9.1, 3.1, 2.7, 4.0),
                                 ref = c(17.8, 16.1, 18.0, 7.7, 7.0, 7.1)))
batch <- factor(rep(1:2, each = 3))

# Yan 2019, figure 3: statistics of rank tests, which have one p each whatever the values were, and
# the p printed for them. Two groups of n and their U; n differences and the V with the printed p.
yan_u <- data.frame(n = c(16, 16, 32, 32), u = c(104, 119, 266, 497),
                    printed = c(.381, .752, 7.67e-4, .847))
yan_v <- data.frame(n = 16, v = c(78, 62), printed = c(.632, .782))

start_header("published.R")
for (arm in names(liu))
    emit_array(paste0("liu_", arm), liu[[arm]])
emit_array("printed_eta", printed[["partial_eta_squared"]])
emit_array("printed_f", printed[["f"]])
emit_array("printed_F", printed[["F"]])
emit_array("printed_d", printed[["d"]])
emit_array("printed_power_f", printed[["power_f"]])
emit_array("printed_power_d", printed[["power_d"]])

d <- data.frame(y = unlist(liu), construct = rep(c("wt", "mut"), each = 6),
                treatment = rep(rep(c("mir", "scr"), each = 3), 2))
a <- anova(lm(y ~ construct * treatment, d))["construct:treatment", ]
pin("X70", "liu interaction", list(F = a$`F value`, df = 8, p_two_sided = a$`Pr(>F)`))
for (con in c("wt", "mut")) {
    x <- liu[[paste0(con, "_mir")]]
    pin("X71", paste("liu one", con), from_htest(t.test(x - 1)))
    h <- t.test(x, c(1, 1, 1))
    pin("X72", paste("liu welch", con), from_htest(h))
    pin("X73", paste("liu student", con), from_htest(t.test(x, c(1, 1, 1), var.equal = TRUE)))
}
pin("X74", "liu arms", from_htest(t.test(liu$wt_mir, liu$mut_mir)))

for (name in names(alleles)) {
    y <- alleles[[name]]
    emit_array(paste0(name, "_alt"), y$alt)
    emit_array(paste0(name, "_ref"), y$ref)
    pin("X75", paste(name, "raw"), from_htest(t.test(y$alt, y$ref, var.equal = TRUE)))
    both <- log(c(y$alt, y$ref))
    s <- coef(summary(lm(both ~ c(batch, batch) + rep(c(1, 0), each = 6))))[3, ]
    pin("X76", paste(name, "batch"), with_t(s[[1]], s[[2]], 9))
}
for (i in seq_len(nrow(yan_u)))
    pin("X77", paste("yan U", yan_u$n[i], yan_u$u[i]),
        list(p = min(1, 2 * pwilcox(yan_u$u[i], yan_u$n[i], yan_u$n[i])), printed = yan_u$printed[i]))
for (i in seq_len(nrow(yan_v)))
    pin("X78", paste("yan V", yan_v$n[i], yan_v$v[i]),
        list(p = min(1, 2 * psignrank(min(yan_v$v[i], 136 - yan_v$v[i]), yan_v$n[i])),
             printed = yan_v$printed[i]))
emit_pins("published_rows")
