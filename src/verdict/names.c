/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dualuc/result.h>

/* The words of the verdicts: codes are written to the letter in every output. */

static const char *const verdict_names[DLU_VERDICT_COUNT] = {
    [DLU_INVALID_QC] = "INVALID_QC",
    [DLU_NO_MUTANT] = "NO_MUTANT",
    [DLU_INSUFFICIENT_REPLICATION] = "INSUFFICIENT_REPLICATION",
    [DLU_NOT_TESTABLE] = "NOT_TESTABLE",
    [DLU_PARADOXICAL] = "PARADOXICAL",
    [DLU_NORMALISER_DRIVEN] = "NORMALISER_DRIVEN",
    [DLU_DIRECT_NOT_SIGNIFICANT_AFTER_MULTIPLICITY] = "DIRECT_NOT_SIGNIFICANT_AFTER_MULTIPLICITY",
    [DLU_DIRECT_TARGET] = "DIRECT_TARGET",
    [DLU_PARTIAL_RESCUE] = "PARTIAL_RESCUE",
    [DLU_DIRECT_TARGET_RESCUE_UNPROVEN] = "DIRECT_TARGET_RESCUE_UNPROVEN",
    [DLU_REPRESSED_SITE_INDEPENDENT] = "REPRESSED_SITE_INDEPENDENT",
    [DLU_REPRESSED_SITE_UNRESOLVED] = "REPRESSED_SITE_UNRESOLVED",
    [DLU_INCONCLUSIVE_INTERACTION] = "INCONCLUSIVE_INTERACTION",
    [DLU_WEAK_SITE_DEPENDENT] = "WEAK_SITE_DEPENDENT",
    [DLU_NO_REPRESSION] = "NO_REPRESSION",
    [DLU_SUBTHRESHOLD] = "SUBTHRESHOLD",
    [DLU_OPPOSITE_DIRECTION] = "OPPOSITE_DIRECTION",
    [DLU_SUBTHRESHOLD_OPPOSITE] = "SUBTHRESHOLD_OPPOSITE",
    [DLU_INCONCLUSIVE] = "INCONCLUSIVE",
};

static const char *const call_names[] = {
    [DLU_CALL_DIRECT] = "direct",
    [DLU_CALL_DIRECT_UNPROVEN] = "direct-unproven",
    [DLU_CALL_DIRECT_PARTIAL] = "direct-partial",
    [DLU_CALL_NO] = "no",
    [DLU_CALL_OPPOSITE] = "opposite",
    [DLU_CALL_NONE] = "none",
};

typedef struct caveat_words {
    const char *name;
    const char *text;
} caveat_words;

static const caveat_words caveats[DLU_CAVEAT_COUNT] = {
    [DLU_CAVEAT_LOW_N] = {"LOW_N", "An arm has only two independent transfections; a third makes "
                                   "the result much more certain."},
    [DLU_CAVEAT_ERROR_TERM_SENSITIVE] =
        {"ERROR_TERM_SENSITIVE",
         "The difference between WT and mutant is significant with one way of estimating the noise "
         "(pooled over arms, or block by block) and not with the other."},
    [DLU_CAVEAT_INFLUENTIAL_BLOCK] = {"INFLUENTIAL_BLOCK",
                                      "Leaving out one single day or plate changes the call."},
    [DLU_CAVEAT_NORM_SHIFT] = {"NORM_SHIFT",
                               "The treatment changes the control luciferase itself (fold outside "
                               "0.80 to 1.25), so it may act on the whole cell or on the vector."},
    [DLU_CAVEAT_EV_SHIFT] = {"EV_SHIFT",
                             "The treatment changes the empty vector (fold outside 0.80 to 1.25), "
                             "so part of the effect does not come from the 3'UTR."},
    [DLU_CAVEAT_MUT_UP] =
        {"MUT_UP", "The mutant changes significantly in the opposite direction (mimic: fold above "
                   "1.25; inhibitor: below 0.80), so it may not be a neutral control."},
    [DLU_CAVEAT_EV_SENSITIVE] = {"EV_SENSITIVE",
                                 "The verdict would be another one if the effect on the empty "
                                 "vector were subtracted."},
    [DLU_CAVEAT_BLANK_LIMITED] = {"BLANK_LIMITED",
                                  "The light of some wells is so close to the blank that the "
                                  "blank's own uncertainty moves the ratio by more than 5 %."},
    [DLU_CAVEAT_COLLAPSE_SENSITIVE] = {"COLLAPSE_SENSITIVE",
                                       "The wells of a transfection disagree so much that the way "
                                       "of averaging them changes the ratio by more than 10 %."},
    [DLU_CAVEAT_BACKGROUND_NOT_SUBTRACTED] = {"BACKGROUND_NOT_SUBTRACTED",
                                              "There were no blank wells, so the background light "
                                              "is still in the ratios and pulls folds towards 1."},
    [DLU_CAVEAT_PRENORMALISED_CONTROL] = {"PRENORMALISED_CONTROL",
                                          "The control values are all the same, as after division "
                                          "by the control; their scatter is lost, so the treated "
                                          "values were tested against a fixed number."},
    [DLU_CAVEAT_MUT_SITE_KEPT] = {"MUT_SITE_KEPT",
                                  "By the sequences that were given, the mutant still holds an "
                                  "8mer or 7mer site of the miRNA, so it may still respond."},
    [DLU_CAVEAT_MUT_SITE_CREATED] = {"MUT_SITE_CREATED",
                                     "By the sequences that were given, the mutation has made an "
                                     "8mer or 7mer site of the miRNA that the WT does not have."},
    [DLU_CAVEAT_WT_NO_SITE] = {"WT_NO_SITE",
                               "By the sequences that were given, the WT holds no 8mer or 7mer "
                               "site of the miRNA, so the mutation tests another site."},
};

const char *dlu_verdict_name(dlu_verdict_code code)
{
    return verdict_names[code];
}

const char *dlu_call_name(dlu_call call)
{
    return call_names[call];
}

const char *dlu_caveat_name(dlu_caveat caveat)
{
    return caveats[caveat].name;
}

const char *dlu_caveat_text(dlu_caveat caveat)
{
    return caveats[caveat].text;
}
