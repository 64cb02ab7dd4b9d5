/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/xlsx_figures.h"

#include <math.h>

#include "report/xlsx_own.h"

/* Of a row that nobody made higher. */
#define ROW_PIXELS    20.0
#define SCREEN_PIXELS 96.0

/* Height in pixels as the file itself has it: the fourth number of a PNG's first chunk. */
static double height_of(const dlu_report_picture *p)
{
    return p->n < 24
               ? 0
               : ((p->png[20] * 256.0 + p->png[21]) * 256.0 + p->png[22]) * 256.0 + p->png[23];
}

void dlu_xlsx_figures(dlu_xlsx_sheet *sheet, const dlu_report_picture *pictures, size_t n)
{
    uint32_t row = 0;
    dlu_xlsx_page_upright(sheet);
    for (size_t i = 0; sheet && i < n; i++) {
        double scale = SCREEN_PIXELS / pictures[i].dpi;
        /* the size follows from the pixels an inch that the file itself names */
        lxw_image_options options = {.object_position = LXW_OBJECT_MOVE_DONT_SIZE,
                                     .description =
                                         dlu_arena_copy(dlu_xlsx_arena(sheet), pictures[i].name)};
        dlu_xlsx_text(sheet, row, 0, pictures[i].name, DLU_STYLE_STRONG, DLU_FILL_NONE);
        dlu_xlsx_keep(sheet->book,
                      worksheet_insert_image_buffer_opt(sheet->worksheet, row + 1, 0,
                                                        pictures[i].png, pictures[i].n, &options));
        row += (uint32_t)ceil(height_of(&pictures[i]) * scale / ROW_PIXELS) + 3;
    }
}
