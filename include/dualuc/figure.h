/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_FIGURE_H
#define DUALUC_FIGURE_H

#include <dualuc/report.h>

/*
 * Figures of a result, as SVG. Everything shown is taken from the model: nothing is tested or
 * estimated here. The text of the SVG stays text, in the named font; where things stand is reckoned
 * with the widths of that font's letters. One unit of the SVG is one point (1/72 inch).
 */

typedef enum dlu_figure_kind {
    DLU_FIGURE_BARS,      /**< relative activity: bars, intervals, replicates, brackets */
    DLU_FIGURE_SUPERPLOT, /**< the replicates themselves, joined where they share a block */
    DLU_FIGURE_DELTA,     /**< folds of WT and mutant, and the interaction on its own axis */
    DLU_FIGURE_FOREST,    /**< a row a verdict: folds with intervals, and the verdict in words */
    DLU_FIGURE_PLATE,     /**< a plate as a heat map, with the wells that were flagged */
    DLU_FIGURE_QC,        /**< the control channel by arm, and the blanks of each plate */
    DLU_FIGURE_KIND_COUNT
} dlu_figure_kind;

/** "bars", "superplot", "delta", "forest", "plate", "qc"; borrowed. */
DLU_API const char *dlu_figure_kind_name(dlu_figure_kind kind);

typedef enum dlu_figure_preset {
    DLU_PRESET_PAPER,
    DLU_PRESET_SLIDE,
    DLU_PRESET_PRISM
} dlu_figure_preset;
typedef enum dlu_figure_palette {
    DLU_PALETTE_OKABE_ITO,
    DLU_PALETTE_GREY,
    DLU_PALETTE_HATCH
} dlu_figure_palette;
typedef enum dlu_figure_axis { DLU_AXIS_LINEAR, DLU_AXIS_LOG2 } dlu_figure_axis;
typedef enum dlu_figure_brackets {
    DLU_BRACKETS_NUMBERS,
    DLU_BRACKETS_STARS,
    DLU_BRACKETS_NONE
} dlu_figure_brackets;
/** What a plate's colours show. */
typedef enum dlu_figure_light {
    DLU_LIGHT_RATIO,
    DLU_LIGHT_REPORTER,
    DLU_LIGHT_CONTROL
} dlu_figure_light;

/** Another name for a target, microRNA, construct, treatment or plate. */
typedef struct dlu_figure_label {
    const char *name; /**< as the result has it */
    const char *label;
} dlu_figure_label;

/** Labels of a file. Freed with dlu_figure_labels_free. */
typedef struct dlu_figure_labels dlu_figure_labels;

/**
 * Reads labels, a line each: "name = label", or with a tab or a comma between; lines that begin
 * with "#" are passed over. DLU_OK; DLU_E_INPUT names the line; DLU_E_NO_MEMORY.
 */
DLU_API dlu_status dlu_figure_labels_read(const dlu_source *file, dlu_figure_labels **out,
                                          dlu_error *err);
/** All of them, borrowed. */
DLU_API const dlu_figure_label *dlu_figure_labels_get(const dlu_figure_labels *labels, size_t *n);
DLU_API void dlu_figure_labels_free(dlu_figure_labels *labels);

/** How to draw. All texts are borrowed. dlu_figure_defaults gives what needs no thought. */
typedef struct dlu_figure_options {
    dlu_figure_kind kinds[DLU_FIGURE_KIND_COUNT]; /**< several: panels A, B, C of one page */
    size_t n_kinds;
    double width_mm;     /**< 0: 85, 114 or 174, as the groups need; of a slide 250 */
    double font_size_pt; /**< 0: 7; of a slide 14 */
    const char *font;    /**< family; NULL: Arial, Helvetica or Liberation Sans */
    /** Width of a character of that family in thousandths of the size, or a negative number where
     * it is not known; NULL: the widths of Arial, and of Times for families with "Serif", "Times"
     * or "Roman" in their name. */
    double (*font_width)(uint32_t character, bool bold, bool italic, void *data);
    void *font_data;
    dlu_figure_preset preset;
    dlu_figure_palette palette;
    dlu_figure_axis axis;
    dlu_figure_brackets brackets;
    dlu_figure_light light;
    bool technical; /**< technical wells as small pale points */
    bool legend;    /**< the paragraph under the figure */
    const char *title;
    const char *order; /**< targets in this order, "PDCD4,PTEN"; the others follow */
    const dlu_figure_label *labels;
    size_t n_labels;
    const char *plate; /**< only this one; NULL: all */
    size_t verdict;    /**< only the pair of this row of verdicts, or DLU_NO_ROW: all */
} dlu_figure_options;

DLU_API void dlu_figure_defaults(dlu_figure_options *options);

/** Options that can be set from text, as dlu_setting_get; docs/figures.md explains them. */
DLU_API size_t dlu_figure_option_count(void);
DLU_API const dlu_setting_info *dlu_figure_option_get(size_t i);

/**
 * Sets one of them: kind, width, font, font-size, palette, preset, axis, brackets, light,
 * technical-wells, legend, title, order, plate. Texts are borrowed.
 *
 * @return DLU_OK; DLU_E_USAGE with what was expected and found
 */
DLU_API dlu_status dlu_figure_option_set(dlu_figure_options *options, const char *name,
                                         const char *value, dlu_error *err);

/** A figure of one page or more. Freed with dlu_figure_free. */
typedef struct dlu_figure dlu_figure;

/**
 * Draws a figure.
 *
 * @param log  gets warnings, such as a name of `order` that the result does not have
 * @return DLU_OK; DLU_E_USAGE where the width does not do for the labels (the error says which
 *         would), the plate is not there, or options do not fit; DLU_E_INPUT where the result has
 *         nothing to draw; DLU_E_NO_MEMORY
 */
DLU_API dlu_status dlu_figure_draw(const dlu_result *result, const dlu_figure_options *options,
                                   dlu_figure **out, dlu_messages *log, dlu_error *err);
DLU_API void dlu_figure_free(dlu_figure *figure);

/** One page; all borrowed from the figure. */
typedef struct dlu_figure_page {
    const char *svg; /**< UTF-8, ends with a newline and a NUL */
    size_t n_svg;
    const char *name; /**< "bars", "bars-2", "plate-day1": the file's name without its ending */
    double width;     /**< in points */
    double height;
} dlu_figure_page;

DLU_API size_t dlu_figure_page_count(const dlu_figure *figure);
DLU_API const dlu_figure_page *dlu_figure_page_get(const dlu_figure *figure, size_t i);

/** What stands where; for tests, and for pages that let marks be touched. */
typedef enum dlu_figure_mark {
    DLU_FIGURE_TEXT,
    DLU_FIGURE_BAR,
    DLU_FIGURE_POINT,
    DLU_FIGURE_INTERVAL,
    DLU_FIGURE_BRACKET,
    DLU_FIGURE_WELL,
    DLU_FIGURE_LINE, /**< axes, ticks, joins: may cross others */
    DLU_FIGURE_AREA  /**< grounds of others */
} dlu_figure_mark;

typedef struct dlu_figure_box {
    dlu_figure_mark mark;
    size_t page;
    double x; /**< left, in points */
    double y; /**< top */
    double width;
    double height;
    const char *text;  /**< of texts, else NULL */
    const char *group; /**< id of the group of the SVG that it stands in, or NULL */
    double value;      /**< fold of a bar or point; NaN: none */
} dlu_figure_box;

DLU_API size_t dlu_figure_box_count(const dlu_figure *figure);
DLU_API const dlu_figure_box *dlu_figure_box_get(const dlu_figure *figure, size_t i);

#endif
