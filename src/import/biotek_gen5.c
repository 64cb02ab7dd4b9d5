/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/biotek_gen5.h"

#include <math.h>
#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "import/export_date.h"
#include "import/marks.h"
#include "import/titled.h"

/*
 * Exports of Gen5, as text or as a workbook. The header repeats with "Software Version" for each
 * plate. A grid has one line a letter and read, with the label of the line right of it; reads and
 * calculated lines stand in the same grid, and only their labels tell them apart.
 */

#define BEGINS "Software Version"

/** Which plates are in hand: a number may come again in another experiment. */
typedef struct known {
    const char *key;
    const char *name;
} known;

typedef struct reader {
    dlu_import_job *job;
    DLU_VEC(known) plates;
    bool bare; /* no sheet has the header */
} reader;

/* What tells that Gen5 wrote a sheet of the book without its header, or NULL. */
static const char *find_bare(const dlu_scan *scan)
{
    const char *bare = NULL;
    for (size_t i = 0; !bare && i < scan->book->n_sheets; i++)
        bare = dlu_gen5_bare(scan, &scan->book->sheets[i]);
    return bare;
}

dlu_status dlu_biotek_gen5_detect(const dlu_scan *scan, dlu_detection *out)
{
    static const dlu_mark marks[] = {{BEGINS, NULL, false, true},
                                     {"Experiment File Path:", NULL, false, false},
                                     {"Protocol File Path:", NULL, true, false},
                                     {"Plate Number", NULL, true, false},
                                     {"Reader Type:", NULL, true, false},
                                     {"Procedure Details", NULL, true, false}};
    dlu_wells_table table;
    bool reads = scan->n_blocks > 0;
    for (size_t s = 0; !reads && s < scan->book->n_sheets; s++) {
        const dlu_sheet *sheet = &scan->book->sheets[s];
        reads = dlu_gen5_table(scan, sheet, 1, sheet->n_rows, &table) ||
                dlu_gen5_list(scan, sheet, 1, sheet->n_rows, &table);
    }
    const char *bare = dlu_find_text(scan, BEGINS, NULL) ? NULL : find_bare(scan);
    if (bare) {
        out->score = 70;
        return dlu_detected(scan, out, DLU_DETECT_SURE,
                            "%s, as Gen5 writes it where its header is not exported", bare);
    }
    return dlu_detect_marks(scan, marks, sizeof marks / sizeof *marks, reads,
                            "a plate grid or a table of wells", out);
}

/* ---- grids ---- */

static const char *label_at(const dlu_block *block, size_t row, uint32_t line)
{
    if (line >= block->rows[row].n_lines)
        return "";
    return dlu_sheet_text(block->sheet, block->rows[row].row + line,
                          block->first_col + block->n_cols);
}

/* The line of a letter with the label that a line of the first letter has; n_lines for none. */
static uint32_t line_of(const dlu_block *block, size_t row, uint32_t line)
{
    const char *wanted = label_at(block, 0, line);
    uint32_t found = block->n_lines, n = 0;
    if (strcmp(wanted, label_at(block, row, line)) == 0)
        return line;
    for (uint32_t i = 0; i < block->n_lines; i++) {
        n += strcmp(wanted, label_at(block, 0, i)) == 0;
        if (strcmp(wanted, label_at(block, row, i)) == 0)
            found = i;
    }
    return n == 1 ? found : block->n_lines;
}

/* Every letter must have the same labels; else its lines cannot be told. */
static bool lines_agree(dlu_gen5_section *s, const dlu_block *block)
{
    size_t n_moved = 0;
    dlu_place moved = {0};
    for (size_t r = 1; r < block->n_rows; r++) {
        for (uint32_t line = 0; line < block->n_lines; line++) {
            const char *wanted = label_at(block, 0, line), *found = label_at(block, r, line);
            uint32_t own = line_of(block, r, line);
            dlu_place at =
                dlu_book_place(s->job->scan->book, block->sheet, block->rows[r].row + line,
                               block->first_col + block->n_cols);
            if (own < block->n_lines && own != line && n_moved++ == 0)
                moved = at;
            if (own < block->n_lines)
                continue;
            dlu_problem(&s->job->problems, "gen5-labels", &at,
                        "was the file cut short or edited? Export it again from Gen5",
                        "expected the label \"%s\" right of the row, as in the first row of this "
                        "grid, found %s%s%s",
                        wanted, *found ? "\"" : "nothing", found, *found ? "\"" : "");
            return false;
        }
    }
    if (n_moved)
        dlu_warn(s->job->log, "gen5-line-order", &moved,
                 "was the file edited? Export it again from Gen5",
                 "expected the labels in the order of the first row of this grid, found another "
                 "order in %zu lines; each line is taken by its own label",
                 n_moved);
    return true;
}

/* The grid with each letter's row moved so that `line` is its line of that label. */
static bool by_label(dlu_gen5_section *s, const dlu_block *block, uint32_t line, dlu_block *out)
{
    *out = *block;
    out->rows = dlu_arena_alloc(s->job->arena, block->n_rows, sizeof *out->rows);
    for (size_t r = 0; out->rows && r < block->n_rows; r++) {
        out->rows[r] = block->rows[r];
        out->rows[r].row += line_of(block, r, line) - line; /* modulo 2^32, and back */
    }
    return out->rows != NULL;
}

/* "Kinetic read 3 (0:10:48)" above the grid of one time; *told is false where a problem was told.
 */
static bool take_time(dlu_gen5_section *s, const dlu_block *block, dlu_taken *taken, bool *told)
{
    const char *open = strchr(block->title, '(');
    const char *time = open ? open + 1 : "";
    dlu_cell cell = {.kind = DLU_CELL_TEXT,
                     .text = dlu_arena_copy_n(s->job->arena, time, strcspn(time, ")"))};
    taken->has_time = cell.text && dlu_text_starts(block->title, "Kinetic read") &&
                      dlu_cell_seconds(&cell, &s->job->scan->numbers, false, &taken->time_s);
    *told = taken->has_time;
    dlu_place at = dlu_book_place(s->job->scan->book, block->sheet, block->header_row, 1);
    if (!taken->has_time)
        dlu_problem(&s->job->problems, "gen5-grid-time", &at,
                    "was the file cut short or edited? Export it again from Gen5",
                    "expected \"Kinetic read\" and a time such as (0:10:48) above a grid of "
                    "\"%s\", found \"%s\"",
                    taken->label, block->title);
    return cell.text;
}

static bool take_line(dlu_gen5_section *s, const dlu_block *block, uint32_t line)
{
    const char *beside = dlu_block_beside(block, line);
    char *label = dlu_text_trimmed(s->job->arena, *beside ? beside : block->title);
    char *timed = label ? strstr(label, " Read#") : NULL; /* "Lum Read#3": a grid a time */
    dlu_taken taken = {.label = label, .name = label, .line = line, .neighbours = *beside != '\0'};
    dlu_block own;
    bool told = true;
    if (!label || !by_label(s, block, line, &own))
        return false;
    if (timed)
        *timed = '\0';
    if (!dlu_gen5_is_read(label, &s->steps, &taken.measures)) {
        if (*beside)
            taken.calculated = "no read of the procedure: calculated by Gen5";
        else
            taken.refused = "no label of a read stands right of it";
    }
    if (timed && dlu_gen5_unread_grid(&own, line))
        taken.refused = "not measured: the run ended before";
    bool wanted = !taken.refused && (!taken.calculated || s->job->options->calculated);
    if (timed && wanted && !take_time(s, block, &taken, &told))
        return false;
    return !told || dlu_take_grid(s->job, s->plate, &own, &taken);
}

/* True where a line of a grid stands below it, beyond an empty row: it would be lost. */
static bool goes_on(dlu_gen5_section *s, const dlu_block *block)
{
    uint32_t n, row = dlu_block_end(block) + 1;
    if (!dlu_sheet_row_cells(s->sheet, row, &n) || !n)
        row++;
    if (dlu_text_is_blank(dlu_sheet_text(s->sheet, row, block->first_col + block->n_cols)))
        return false;
    for (size_t i = 0; i < s->job->scan->n_blocks; i++)
        if (s->job->scan->blocks[i].sheet == s->sheet && s->job->scan->blocks[i].header_row == row)
            return false;
    dlu_place at = dlu_book_place(s->job->scan->book, s->sheet, row, block->label_col);
    dlu_problem(&s->job->problems, "gen5-gap", &at,
                "take the empty rows out, or export the file again from Gen5",
                "expected the rows of a grid to follow each other, found another beyond its end");
    return true;
}

/* All columns of the plate but not all of its rows: most likely a file cut short. */
static void check_rows(dlu_gen5_section *s, const dlu_block *block)
{
    const dlu_plate *plate = &s->plate->plate;
    uint32_t n = block->rows[block->n_rows - 1].letter + 1;
    if (block->n_cols != plate->n_cols || n >= plate->n_rows)
        return;
    dlu_place at = dlu_book_place(s->job->scan->book, s->sheet, dlu_block_end(block), 1);
    dlu_warn(s->job->log, "gen5-rows", &at, "was the file cut short? Export it again from Gen5",
             "expected %u rows of a plate of %u x %u, found %u; the wells below count as not read",
             (unsigned)plate->n_rows, (unsigned)plate->n_rows, (unsigned)plate->n_cols,
             (unsigned)n);
}

static bool is_layout(const dlu_block *block)
{
    return dlu_text_alike(block->title, "Layout") || dlu_names_layout(dlu_block_beside(block, 0));
}

/* ---- in the order of the file: which read came first tells the luciferases apart ---- */

/* A read of a grid stands in a grid above, and may be of another plate. */
static bool grid_again(const dlu_gen5_section *s, const dlu_block *block)
{
    dlu_well well = block->rows[0].letter << 8 | block->first_number;
    dlu_place at =
        dlu_book_place(s->job->scan->book, block->sheet, block->header_row, block->first_col);
    for (uint32_t line = 0; line < block->n_lines; line++) {
        const char *beside = dlu_block_beside(block, line);
        if (!strstr(beside, " Read#") && dlu_gen5_again(s, beside, &well, at))
            return true;
    }
    return false;
}

static bool take_block(dlu_gen5_section *s, const dlu_block *block)
{
    if (dlu_block_end(block) > s->end)
        s->end = dlu_block_end(block);
    if (is_layout(block))
        return dlu_take_layout(s->job, s->plate, block);
    if (!lines_agree(s, block) || goes_on(s, block) || grid_again(s, block))
        return true;
    check_rows(s, block);
    for (uint32_t line = 0; line < block->n_lines; line++)
        if (!take_line(s, block, line))
            return false;
    return true;
}

static bool take_all(dlu_gen5_section *s)
{
    size_t i, to;
    uint32_t row = s->from;
    dlu_sheet_blocks(s->job->scan, s->sheet, &i, &to);
    for (; i < to; i++) {
        const dlu_block *block = &s->job->scan->blocks[i];
        if (block->header_row < s->from || block->header_row > s->to)
            continue;
        if (!dlu_gen5_take_tables(s, row, block->header_row - 1) || !take_block(s, block))
            return false;
        row = block->header_row;
    }
    return dlu_gen5_take_tables(s, row, s->to);
}

/* Rows of several cells below all grids: statistics, curves, what somebody added. */
static bool leave_out_rest(dlu_gen5_section *s)
{
    for (uint32_t row = s->end + 1; s->end && row <= s->to && row <= s->sheet->n_rows; row++) {
        uint32_t n = 0, length = 0;
        const dlu_cell *first = dlu_sheet_row_cells(s->sheet, row, &n);
        for (uint32_t k = n; k > 1; length++)
            dlu_sheet_row_cells(s->sheet, row + length + 1, &k);
        dlu_place at = dlu_book_place(s->job->scan->book, s->sheet, row, n ? first->col : 1);
        if (length > 1 &&
            !dlu_job_leave_out(s->job, at, "neither a plate grid nor a table of times",
                               "a table of %u rows, first \"%s\"", (unsigned)length, first->text))
            return false;
        row += length > 1 ? length - 1 : 0;
    }
    return true;
}

/* ---- plates ---- */

/* The name of the plate: its number, told apart where another experiment has it too. */
static const char *name_of(reader *r, const dlu_gen5_section *s)
{
    static const char *const keys[] = {"Plate Number", "Experiment File Path", "Date", "Time"};
    dlu_arena *arena = r->job->arena;
    const char *key = "", *name = NULL;
    size_t n = 1;
    for (size_t i = 0; key && i < sizeof keys / sizeof *keys; i++) {
        const char *value = dlu_key_value(r->job->scan, s->sheet, s->from, s->to, keys[i]);
        name = i == 0 ? value : name;
        key = value ? dlu_arena_printf(arena, "%s|%s", key, value) : NULL;
    }
    if (!key)
        return NULL;
    if (r->bare && s->job->scan->book->n_sheets > 1 && s->sheet->name)
        return s->sheet->name;
    for (size_t i = 0; i < r->plates.n; i++) {
        if (strcmp(r->plates.items[i].key, key) == 0)
            return r->plates.items[i].name;
        size_t length = strlen(name);
        n += strncmp(r->plates.items[i].name, name, length) == 0 &&
             (!r->plates.items[i].name[length] || r->plates.items[i].name[length] == '(');
    }
    if (n > 1)
        name = dlu_arena_printf(arena, "%s(%zu)", name, n);
    known *slot = name ? DLU_VEC_ADD(arena, &r->plates, DLU_MAX_PLATES) : NULL;
    if (slot)
        *slot = (known){key, name};
    return slot ? name : NULL;
}

static bool read_section(reader *r, const dlu_sheet *sheet, uint32_t from, uint32_t to)
{
    dlu_gen5_section s = {.job = r->job, .sheet = sheet, .from = from, .to = to, .bare = r->bare};
    const char *name = name_of(r, &s);
    if (!name || !dlu_gen5_steps_read(r->job->scan, sheet, from, to, &s.steps))
        return false;
    s.plate = dlu_job_plate(r->job, name);
    s.n_before = s.plate ? s.plate->reads.n : 0;
    if (s.plate)
        dlu_gen5_plate_size(r->job->scan, sheet, from, to, &s.plate->plate);
    return s.plate && take_all(&s) && leave_out_rest(&s);
}

/* The row of the next "Software Version" in column A from a row on, or one past the last row. */
static uint32_t next_begin(const dlu_sheet *sheet, uint32_t row)
{
    while (row <= sheet->n_rows && !dlu_text_starts(dlu_sheet_text(sheet, row, 1), BEGINS))
        row++;
    return row;
}

static bool leave_out_sheet(dlu_import_job *job, const dlu_sheet *sheet)
{
    size_t from, to;
    static const dlu_taken other = {.refused = "no \"" BEGINS "\" above it: not written by Gen5"};
    dlu_sheet_blocks(job->scan, sheet, &from, &to);
    for (size_t i = from; i < to; i++)
        if (!dlu_take_grid(job, NULL, &job->scan->blocks[i], &other))
            return false;
    return true;
}

dlu_status dlu_biotek_gen5_read(dlu_import_job *job)
{
    reader r = {.job = job, .bare = !dlu_find_text(job->scan, BEGINS, NULL)};
    for (size_t i = 0; i < job->scan->book->n_sheets; i++) {
        const dlu_sheet *sheet = &job->scan->book->sheets[i];
        uint32_t row = r.bare && dlu_gen5_bare(job->scan, sheet) ? 1 : next_begin(sheet, 1);
        if (row > sheet->n_rows && !leave_out_sheet(job, sheet))
            return dlu_fail_memory(job->err);
        while (row <= sheet->n_rows) {
            uint32_t next = next_begin(sheet, row + 1);
            const char *date = dlu_key_value(job->scan, sheet, row, next - 1, "Date");
            if (!date || !read_section(&r, sheet, row, next - 1))
                return dlu_fail_memory(job->err);
            if (!job->date || !*job->date)
                job->date = dlu_export_date(job->arena, date);
            if (!job->date)
                return dlu_fail_memory(job->err);
            row = next;
        }
    }
    return DLU_OK;
}
