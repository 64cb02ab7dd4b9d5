/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_VERDICT_RULES_H
#define DLU_VERDICT_RULES_H

#include <dualuc/result.h>

/** One effect as the table sees it: ln estimate and two-sided p; p NaN where not available. */
typedef struct dlu_effect {
    double estimate;
    double p;
    double low; /**< of the interval at 1 - alpha, ln scale */
    double high;
} dlu_effect;

/** All that the decision table looks at. Estimates are unflipped; `sign` flips inhibitors. */
typedef struct dlu_evidence {
    dlu_effect wt;
    dlu_effect mut;
    dlu_effect interaction;         /**< WT - MUT */
    dlu_effect control_interaction; /**< the same contrast of the control channel; p NaN: unknown */
    double p_noninferiority;        /**< of MUT in the flipped direction */
    double p_tost_wt;
    double p_tost_interaction;
    double p_direct_adjusted; /**< NaN where no correction is on */
    double sign;              /**< +1 mimic, -1 inhibitor */
    bool arms_usable;         /**< row 0 */
    bool has_mutant;          /**< row 0b */
    bool technical_only;
    size_t n_min; /**< fewest biological units in any of the cells */
    double alpha;
    double theta;
    dlu_effect_rule effect_rule;
} dlu_evidence;

/** One row of the decision table: its number, code, call, the rule and its source in words. */
typedef struct dlu_rule {
    const char *row;
    dlu_verdict_code code;
    bool (*holds)(const dlu_evidence *evidence);
    const char *rule;
} dlu_rule;

/** The table, first hit wins; the last row always holds. */
const dlu_rule *dlu_verdict_rules(size_t *n);
const dlu_rule *dlu_verdict_decide(const dlu_evidence *evidence);

/** WT is repressed: p < alpha, in the expected direction, and the effect rule holds. */
bool dlu_verdict_is_repressed(const dlu_evidence *evidence);

/** Whether technical-only data put EXPLORATORY: in front of this code. */
bool dlu_verdict_is_exploratory(const dlu_evidence *evidence, dlu_verdict_code code);
dlu_call dlu_verdict_call(dlu_verdict_code code, bool exploratory);

#endif
