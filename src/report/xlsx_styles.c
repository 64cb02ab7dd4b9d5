/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/xlsx_own.h"

/* How cells look. */

static const struct {
    const char *number_format; /* NULL: general */
    bool bold, wrap, underline, mono;
    double size;         /* points; 0: the default */
    uint32_t ink, paper; /* 0: the default */
    bool line;           /* under the cell */
    uint8_t align;
} styles[DLU_STYLE_COUNT_OF] = {
    [DLU_STYLE_TEXT] = {0},
    [DLU_STYLE_WRAP] = {.wrap = true},
    [DLU_STYLE_TITLE] = {.bold = true, .size = 16},
    [DLU_STYLE_STRONG] = {.bold = true},
    [DLU_STYLE_FAINT] = {.ink = 0x595959},
    [DLU_STYLE_BANNER] = {.bold = true, .ink = 0xFFFFFF, .paper = 0x44546A},
    [DLU_STYLE_BAND] = {.bold = true, .paper = 0xDDE3ED, .align = LXW_ALIGN_CENTER_ACROSS},
    [DLU_STYLE_HEADER] = {.bold = true, .wrap = true, .paper = 0xDDE3ED, .line = true},
    [DLU_STYLE_HEADER_NUMBER] =
        {.bold = true, .wrap = true, .paper = 0xDDE3ED, .line = true, .align = LXW_ALIGN_RIGHT},
    [DLU_STYLE_HEADER_MIDDLE] =
        {.bold = true, .wrap = true, .paper = 0xDDE3ED, .line = true, .align = LXW_ALIGN_CENTER},
    [DLU_STYLE_LINK] = {.ink = 0x0563C1, .underline = true},
    [DLU_STYLE_WRAP_LINK] = {.wrap = true, .underline = true},
    [DLU_STYLE_LINK_COUNT] = {.number_format = "0", .ink = 0x0563C1, .underline = true},
    [DLU_STYLE_ARM] = {.wrap = true, .size = 9, .align = LXW_ALIGN_CENTER},
    [DLU_STYLE_MIDDLE] = {.wrap = true, .align = LXW_ALIGN_CENTER},
    [DLU_STYLE_MONO] = {.wrap = true, .mono = true, .size = 10},
    [DLU_STYLE_COUNT] = {.number_format = "0"},
    [DLU_STYLE_PLATE_LIGHT] = {.number_format = "[>=10000000]0.00E+00;#,##0"},
    [DLU_STYLE_LIGHT] = {.number_format = "#,##0"},
    [DLU_STYLE_FOLD] = {.number_format = "[<0.01]0.0E+00;[>=1000]0.0E+00;0.00"},
    [DLU_STYLE_CHARTED] = {.number_format = "[<0]\"design changed\";0.00"},
    [DLU_STYLE_LN] = {.number_format = "0.000"},
    [DLU_STYLE_RATIO] = {.number_format = "[<0.001]0.0E+00;[>=1000]0.0E+00;0.0000"},
    [DLU_STYLE_P] = {.number_format = "[<0.0001]0.0E+00;0.0000"},
    [DLU_STYLE_P_ADJUSTED] = {.number_format =
                                  "[<=0.000000000001]\"< 1e-12\";[<0.0001]0.0E+00;0.0000"},
    [DLU_STYLE_PERCENT] = {.number_format = "0.0%"},
    [DLU_STYLE_MEASURE] = {.number_format = "[>=100]#,##0;[>=10]0.0;0.000"},
    [DLU_STYLE_GENERAL] = {0},
    [DLU_STYLE_LEFT] = {.align = LXW_ALIGN_LEFT},
    [DLU_STYLE_SCIENTIFIC] = {.number_format = "0.00E+00"},
    [DLU_STYLE_DATE] = {.number_format = "yyyy-mm-dd"},
    [DLU_STYLE_DATE_TIME] = {.number_format = "m/d/yyyy h:mm:ss AM/PM"},
    [DLU_STYLE_DURATION] = {.number_format = "h:mm:ss"},
};

static const struct {
    uint32_t paper, ink;
    uint8_t outline; /* 0: none */
    bool struck;
} fills[DLU_FILL_COUNT_OF] = {
    [DLU_FILL_GREEN] = {0xC6EFCE, 0x005000},
    [DLU_FILL_AMBER] = {0xFFEB9C, 0x7F4F00},
    [DLU_FILL_GREY] = {0xEDEDED, 0x404040},
    [DLU_FILL_RED] = {0xFFC7CE, 0x8A0010},
    [DLU_FILL_FLAGGED] = {.outline = LXW_BORDER_THIN},
    [DLU_FILL_LEFT_OUT] = {.outline = LXW_BORDER_THICK, .struck = true},
};

static lxw_format *new_format(lxw_workbook *workbook, dlu_xlsx_style style, dlu_xlsx_fill fill)
{
    lxw_format *format = workbook_add_format(workbook);
    uint32_t paper = fills[fill].paper ? fills[fill].paper : styles[style].paper;
    uint32_t ink = fills[fill].ink ? fills[fill].ink : styles[style].ink;
    if (!format)
        return NULL;
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (styles[style].number_format)
        format_set_num_format(format, styles[style].number_format);
    if (styles[style].bold)
        format_set_bold(format);
    if (styles[style].underline)
        format_set_underline(format, LXW_UNDERLINE_SINGLE);
    if (fills[fill].outline)
        format_set_border(format, fills[fill].outline);
    if (fills[fill].struck)
        format_set_font_strikeout(format);
    if (styles[style].wrap)
        format_set_text_wrap(format);
    if (styles[style].mono)
        format_set_font_name(format, "Courier New");
    if (styles[style].size > 0)
        format_set_font_size(format, styles[style].size);
    if (styles[style].line)
        format_set_bottom(format, LXW_BORDER_THIN);
    if (styles[style].align)
        format_set_align(format, styles[style].align);
    if (paper)
        format_set_bg_color(format, paper);
    if (ink)
        format_set_font_color(format, ink);
    return format;
}

lxw_format *dlu_xlsx_format_of(dlu_xlsx_book *book, dlu_xlsx_style style, dlu_xlsx_fill fill)
{
    lxw_format **slot = &book->formats[style][fill];
    if (!*slot)
        *slot = new_format(book->workbook, style, fill);
    if (!*slot)
        book->no_memory = true;
    return *slot;
}

bool dlu_xlsx_has_paper(dlu_xlsx_style style)
{
    return styles[style].paper != 0;
}
