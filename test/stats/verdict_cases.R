# SPDX-License-Identifier: GPL-3.0-or-later
# Summaries of experiments with the verdict that each must get. The effects are made up; R gives
# their p values, the table of docs/methods.md the codes.
source("emit.R")

cases <- NULL
case <- function(name, wt, mut, d, verdict, sign = 1, n_min = 3, usable = TRUE, technical = FALSE,
                 control = c(0, 1), adjusted = NA, theta = 0.8) {
    p <- function(x) 2 * pt(abs(x[1] / x[2]), x[3], lower.tail = FALSE)
    tost <- function(x) max(pt((x[1] - log(.8)) / x[2], x[3], lower.tail = FALSE),
                            pt((x[1] + log(.8)) / x[2], x[3]))
    ni <- pt((sign * mut[1] - log(.8)) / mut[2], mut[3], lower.tail = FALSE)
    flag <- function(x) if (x) "true" else "false"
    effect <- function(x) paste0("{", paste(number(x), collapse = ", "), "}")
    cases <<- c(cases, sprintf(
        "    {\"%s\",\n     %s, %s, %s,\n     %s, %d, %s, %s, %s, %s, %s, %s,\n     %s, %s,\n     %s, %s,\n     %s, %s,\n     \"%s\"},",
        name, effect(wt), effect(mut), effect(d), number(sign), n_min, flag(usable),
        flag(technical), number(control[1]), number(control[2]), number(adjusted), number(theta),
        number(p(wt)), number(p(mut)), number(ni), number(tost(wt)), number(p(d)), number(tost(d)),
        verdict))
}

clear <- list(wt = c(-.6, .05, 4), mut = c(-.02, .05, 4), d = c(-.58, .07, 4))
clean <- list(wt = c(-.6, .05, 4), mut = c(0, .05, 4), d = c(-.6, .07, 4))
like <- function(name, x, verdict, ...) case(name, x$wt, x$mut, x$d, verdict, ...)

like("direct_full", clear, "DIRECT_TARGET")
case("direct_minor_residual", c(-.6, .05, 4), c(-.1, .03, 4), c(-.5, .06, 4), "DIRECT_TARGET")
case("direct_rescue_unproven", c(-.6, .05, 2), c(-.05, .09, 2), c(-.55, .08, 2),
     "DIRECT_TARGET_RESCUE_UNPROVEN")
case("partial", c(-.8, .05, 4), c(-.3, .05, 4), c(-.5, .07, 4), "PARTIAL_RESCUE")
case("site_independent", c(-.5, .04, 5), c(-.48, .04, 5), c(-.02, .05, 5),
     "REPRESSED_SITE_INDEPENDENT")
case("both_repressed_unresolved", c(-.5, .06, 3), c(-.4, .06, 3), c(-.1, .1, 3),
     "REPRESSED_SITE_UNRESOLVED")
case("FALLACY_wt_sig_mut_ns", c(-.4, .08, 3), c(-.2, .1, 3), c(-.2, .12, 3),
     "INCONCLUSIVE_INTERACTION")
case("weak_site", c(-.15, .03, 5), c(.05, .03, 5), c(-.2, .04, 5), "WEAK_SITE_DEPENDENT")
case("subthreshold", c(-.18, .06, 5), c(-.02, .06, 5), c(-.16, .09, 5), "SUBTHRESHOLD")
case("no_repression", c(-.03, .05, 5), c(.01, .05, 5), c(-.04, .07, 5), "NO_REPRESSION")
case("no_repression_trivial_sig", c(-.08, .02, 8), c(-.02, .02, 8), c(-.06, .03, 8),
     "NO_REPRESSION")
case("inconclusive", c(-.25, .15, 2), c(.05, .15, 2), c(-.3, .2, 2), "INCONCLUSIVE")
case("upregulated", c(.5, .06, 4), c(.02, .06, 4), c(.48, .08, 4), "OPPOSITE_DIRECTION")
case("subthreshold_up", c(.18, .05, 3), c(0, .05, 3), c(.18, .07, 3), "SUBTHRESHOLD_OPPOSITE")
case("paradoxical", c(-.02, .05, 4), c(-.6, .06, 4), c(.58, .08, 4), "PARADOXICAL")
case("paradoxical_wt_rep_too", c(-.4, .05, 4), c(-.9, .06, 4), c(.5, .08, 4), "PARADOXICAL")
like("invalid", clean, "INVALID_QC", usable = FALSE)
like("insufficient", clean, "INSUFFICIENT_REPLICATION", n_min = 1)
case("exploratory", c(-.6, .02, 4), c(0, .02, 4), c(-.6, .03, 4), "EXPLORATORY:DIRECT_TARGET",
     technical = TRUE)
like("multiplicity", clear, "DIRECT_NOT_SIGNIFICANT_AFTER_MULTIPLICITY", adjusted = .08)
like("normaliser_driven", clear, "NORMALISER_DRIVEN", control = c(.35, .01))
like("normaliser_large_but_noise", clear, "DIRECT_TARGET", control = c(.35, .3))
like("normaliser_minor", clear, "DIRECT_TARGET", control = c(.1, .01))
case("boundary_theta_equal", c(-0.22314355131421, .03, 6), c(.01, .03, 6),
     c(-0.23314355131421, .04, 6), "DIRECT_TARGET")
case("boundary_just_above_theta", c(-0.22314255131421, .03, 6), c(.01, .03, 6),
     c(-0.23314355131421, .04, 6), "WEAK_SITE_DEPENDENT")
case("inhibitor_direct", c(.5, .05, 4), c(.02, .05, 4), c(.48, .07, 4), "DIRECT_TARGET", sign = -1)
case("inhibitor_wrong_way", c(-.5, .05, 4), c(.02, .05, 4), c(-.52, .07, 4), "OPPOSITE_DIRECTION",
     sign = -1)
case("liu2011_miR34a_CD44_raw_scale_like", c(-0.399284249033083, .13, 2),
     c(-0.248076817859422, .077, 2), c(-0.151207431173662, .151, 4), "INCONCLUSIVE")

start_header("verdict_cases.R")
cat("static const verdict_case verdict_cases[] = {\n", paste(cases, collapse = "\n"), "\n};\n",
    sep = "")
