/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_SETTINGS_H
#define DUALUC_SETTINGS_H

#include <stdbool.h>

#include <dualuc/error.h>

typedef enum dlu_adjust { DLU_ADJUST_HOLM, DLU_ADJUST_BH, DLU_ADJUST_NONE } dlu_adjust;
/** Whether effects on WT and mutant are taken relative to the empty vector. */
typedef enum dlu_ev_correct { DLU_EV_OFF, DLU_EV_ON, DLU_EV_AUTO } dlu_ev_correct;
typedef enum dlu_effect_rule { DLU_EFFECT_POINT, DLU_EFFECT_INTERVAL } dlu_effect_rule;
typedef enum dlu_error_term { DLU_ERROR_POOLED, DLU_ERROR_BLOCK } dlu_error_term;

typedef enum dlu_blank_stat { DLU_BLANK_MEAN, DLU_BLANK_MEDIAN } dlu_blank_stat;
typedef enum dlu_blank_sd { DLU_BLANK_SD_PLATE, DLU_BLANK_SD_POOLED } dlu_blank_sd;
typedef enum dlu_loq_action { DLU_LOQ_FLAG, DLU_LOQ_EXCLUDE } dlu_loq_action;
typedef enum dlu_collapse {
    DLU_COLLAPSE_MEAN_LOG,
    DLU_COLLAPSE_RATIO_OF_SUMS,
    DLU_COLLAPSE_SLOPE /**< Deming's line through 0; six used wells a unit and more */
} dlu_collapse;

/** Everything the analysis can be told. dlu_settings_default gives the defaults. */
typedef struct dlu_settings {
    char vector[24];    /**< "pmirglo", "psicheck2", or "" where the channels were named */
    char reporter[32];  /**< channel behind the 3'UTR */
    char control[32];   /**< channel that corrects for transfection */
    double alpha;       /**< 1e-12 <= alpha < 1; two-sided for tests, one-sided for equivalence */
    double theta;       /**< fold at or under which WT counts as repressed, 0 < theta < 1 */
    double equivalence; /**< margin as a fold, theta <= equivalence < 1 */
    dlu_effect_rule effect_rule;
    dlu_error_term error;
    char block[64]; /**< "" found by structure, "none", "plate", or a column of the map */
    dlu_adjust adjust;
    dlu_ev_correct ev_correct;
    bool student;          /**< equal variances in unblocked designs */
    dlu_collapse collapse; /**< how the wells of a unit become its value */
    dlu_blank_stat blank_stat;
    dlu_blank_sd blank_sd;
    char blank_value[64]; /**< "FIREFLY,RENILLA" light for plates without blank wells, or "" */
    dlu_loq_action loq_action;
    double saturation_limit; /**< raw light from which a well is saturated; NaN: none */
    char drop_wells[2048];   /**< "PLATE:WELL,..." to leave out, or "" */
    bool require_positive_control;
} dlu_settings;

/** One setting as users name it: the same word is the option, the ini key and the JSON key. */
typedef struct dlu_setting_info {
    const char *name;    /**< with "-", as the option is written; "_" in ini and JSON */
    const char *arg;     /**< what it takes, such as "holm|bh|none"; NULL for a switch */
    const char *initial; /**< the default as text */
    const char *help;    /**< one sentence */
} dlu_setting_info;

DLU_API void dlu_settings_default(dlu_settings *settings);
DLU_API size_t dlu_setting_count(void);
DLU_API const dlu_setting_info *dlu_setting_get(size_t i);

/**
 * Sets one setting from text. `name` may be written with "-" or "_"; a switch takes "1", "true",
 * "yes", "on" or their opposites.
 *
 * @return DLU_OK; DLU_E_USAGE with what was expected and found
 */
DLU_API dlu_status dlu_setting_set(dlu_settings *settings, const char *name, const char *value,
                                   dlu_error *err);

/** Checks what only holds together, such as theta <= equivalence. DLU_OK or DLU_E_USAGE. */
DLU_API dlu_status dlu_settings_check(const dlu_settings *settings, dlu_error *err);

#endif
