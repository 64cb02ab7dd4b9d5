/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/say.h"
#include "base/text.h"
#include "import/list_columns.h"
#include "import/words.h"

/* Columns and rows of numbers beside light: what a table seems to hold, and nobody would read. */

/* Whether a word stands last, in front of brackets: "WT mean", "WT_average (n=3)"; not "pGL3-CV".
 */
static bool ends_with(const char *sample, const char *word)
{
    size_t n = strcspn(sample, "(["), length = strlen(word);
    while (n > 0 && strchr(" :", sample[n - 1]))
        n--;
    return n > length && strchr(" _:", sample[n - length - 1]) &&
           dlu_text_starts(sample + n - length, word);
}

static bool begins_with(const char *sample, const char *word)
{
    const char *after = sample + strlen(word);
    return dlu_text_starts(sample, word) && (!*after || strchr(" .:%([", *after));
}

bool dlu_list_is_summary(const char *sample, bool *after_mean)
{
    /* A construct may be called SD, or end with CV, but not below a mean. */
    static const struct {
        const char *word;
        bool below_mean, ends_below_mean;
    } words[] = {{"mean", false, false}, {"average", false, false}, {"avg", false, false},
                 {"stdev", false, true}, {"std", false, true},      {"cv", false, true},
                 {"ratio", false, true}, {"sem", false, true},      {"sd", true, true}};
    bool mean = *after_mean;
    *after_mean = true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if ((mean || !words[i].below_mean) && begins_with(sample, words[i].word))
            return true;
        if ((mean || !words[i].ends_below_mean) && ends_with(sample, words[i].word))
            return true;
    }
    *after_mean = false;
    return false;
}

/* Numbers in most rows, and nothing else. */
static bool holds_numbers(const dlu_import_job *job, const dlu_list *list, uint32_t col)
{
    const dlu_table *table = &list->table;
    size_t n = 0;
    for (size_t k = 0; k < table->n_rows; k++) {
        const dlu_cell *cell = dlu_sheet_at(table->sheet, table->rows[k], col);
        dlu_value_kind kind = dlu_value_of(cell, &job->scan->numbers).kind;
        if (kind == DLU_VALUE_TEXT || (cell && cell->formula))
            return false;
        n += kind == DLU_VALUE_NUMBER;
    }
    return n * 2 > table->n_rows;
}

static const char *header_of(const dlu_table *table, uint32_t col)
{
    uint32_t c = col - table->first_col;
    return c < table->n_cols ? table->headers[c] : "";
}

/* How many columns of numbers without a name follow column `col` of the sheet. */
static uint32_t unnamed_after(const dlu_import_job *job, const dlu_list *list, uint32_t col)
{
    uint32_t n = 0;
    while (!*header_of(&list->table, col + n + 1) && holds_numbers(job, list, col + n + 1))
        n++;
    return n;
}

static void say_unnamed(dlu_import_job *job, const dlu_list *list, uint32_t n)
{
    const dlu_table *table = &list->table;
    uint32_t col = table->first_col + (uint32_t)list->light[0];
    dlu_place at = dlu_book_place(table->book, table->sheet, table->header_row, col + 1);
    dlu_problem(&job->problems, "list-unnamed", &at,
                "write a row a replicate, with the columns construct, treatment, replicate, "
                "firefly, renilla; or delete columns that are no light",
                "expected one column of numbers for \"%s\", found %u, of which only the first has "
                "a name",
                header_of(table, col), (unsigned)n + 1);
}

/* What an importer of lists knows, or will not take for light. */
static bool is_known(const dlu_list *list, long c)
{
    const long known[] = {list->well,   list->row,    list->column, list->plate,
                          list->sample, list->remark, list->read,   list->label,
                          list->time,   list->state,  list->repeat};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (c == known[i])
            return true;
    for (size_t i = 0; i < list->n_light; i++)
        if (c == list->light[i])
            return true;
    const char *header = header_of(&list->table, list->table.first_col + (uint32_t)c);
    return dlu_word_is_map(header) || dlu_names_calculated(header);
}

static bool leave_out(dlu_import_job *job, const dlu_list *list, uint32_t col)
{
    const dlu_table *table = &list->table;
    const char *header = header_of(table, col);
    dlu_place at = dlu_book_place(table->book, table->sheet, table->header_row, col);
    return *header ? dlu_job_leave_out(job, at, "its name is not that of a luciferase alone",
                                       "the column \"%s\"", header)
                   : dlu_job_leave_out(job, at, "it has no name", "a column of numbers");
}

/* "Firefly, Renilla, Firefly, Renilla" in one table, not in two beside each other. */
static bool comes_again(const dlu_list *list)
{
    uint32_t width, second;
    if (list->n_over || dlu_list_second_samples(list) ||
        dlu_list_count_beside(list, &width, &second) != 1)
        return false;
    for (size_t i = 1; i < list->n_raw; i++)
        if (dlu_word_is_channel(list->table.headers[list->light[i]]) &&
            dlu_text_alike(list->table.headers[list->light[i]],
                           list->table.headers[list->light[0]]))
            return true;
    return false;
}

/* "Firefly 1, Firefly 2, Renilla 1, Renilla 2": reads that no analysis can tell apart by itself. */
static void say_replicates(dlu_import_job *job, const dlu_list *list)
{
    const dlu_table *table = &list->table;
    const char *first = table->headers[list->light[0]];
    dlu_place at = dlu_book_place(table->book, table->sheet, table->header_row,
                                  table->first_col + (uint32_t)list->light[0]);
    bool numbered = dlu_word_is_numbered_channel(first) && !dlu_word_is_channel(first);
    if (list->n_raw > 2 && (numbered || comes_again(list)))
        dlu_note(
            job->log, "list-replicates", &at,
            "write a row a replicate, with the columns construct, treatment, replicate, "
            "firefly, renilla; or choose two with --channels",
            "%zu columns of light such as \"%s\": each is a read, and an analysis takes one of "
            "each luciferase",
            list->n_raw, first);
}

bool dlu_list_check_beside(dlu_import_job *job, const dlu_list *list)
{
    const dlu_table *table = &list->table;
    uint32_t fewest = list->n_raw > 1 ? UINT32_MAX : 0;
    if (!list->has_header || list->by_value || list->tubes || !list->n_raw)
        return true;
    for (size_t i = 0; i < list->n_raw; i++) {
        uint32_t n = unnamed_after(job, list, table->first_col + (uint32_t)list->light[i]);
        fewest = n < fewest ? n : fewest;
    }
    if (fewest)
        say_unnamed(job, list, fewest);
    say_replicates(job, list);
    for (uint32_t col = table->first_col; !fewest && col <= table->sheet->n_cols; col++) {
        bool named = *header_of(table, col) != '\0';
        if ((named && list->n_raw > 1 && !dlu_word_speaks_of(header_of(table, col))) ||
            is_known(list, (long)(col - table->first_col)))
            continue;
        if (holds_numbers(job, list, col) && !leave_out(job, list, col))
            return false;
    }
    return true;
}

void dlu_list_check_one(dlu_import_job *job, const dlu_list *list, uint32_t second_wells)
{
    const dlu_table *table = &list->table;
    const uint32_t samples = dlu_list_second_samples(list);
    dlu_place at = dlu_book_place(table->book, table->sheet, table->header_row, 0);
    if (second_wells) {
        at.col = table->first_col + second_wells;
        dlu_problem(&job->problems, "list-two-wells", &at,
                    "put the tables below each other, or each into a file of its own",
                    "expected one column of wells, found a second with other wells and other "
                    "columns beside it");
    }
    if (samples) {
        at.col = table->first_col + samples;
        dlu_problem(&job->problems, "list-two-samples", &at,
                    "put the tables below each other, or each into a file of its own",
                    "expected one sample a row, found a second column \"%s\" with other samples",
                    table->headers[samples]);
    }
    if (list->n_over) {
        at.col = 0;
        dlu_problem(&job->problems, "too-many-light-columns", &at,
                    "give one row a well and a read: well, read, value",
                    "expected at most %u columns of light, found %zu", DLU_LIST_MAX_LIGHT,
                    DLU_LIST_MAX_LIGHT + list->n_over);
    }
}
