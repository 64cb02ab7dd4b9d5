/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <string.h>

#include "fuzz.h"

/*
 * Feeds every file of the given folders to a fuzz target: what was once found stays found. A broken
 * promise or a fault ends the process; the name of its input was printed before.
 */

static uint8_t *whole(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    uint8_t *bytes = NULL;
    long size;
    *n = 0;
    if (!f)
        return NULL;
    if (!fseek(f, 0, SEEK_END) && (size = ftell(f)) >= 0 && !fseek(f, 0, SEEK_SET)) {
        bytes = malloc((size_t)size + 1);
        if (bytes)
            *n = fread(bytes, 1, (size_t)size, f);
    }
    fclose(f);
    return bytes;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The sorted names of a folder's files; *n of them. */
static char **names_of(const char *folder, size_t *n)
{
    DIR *dir = opendir(folder);
    char **names = NULL;
    *n = 0;
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        char **more;
        if (entry->d_name[0] == '.' || !(more = realloc(names, (*n + 1) * sizeof *names)))
            continue;
        names = more;
        if ((names[*n] = strdup(entry->d_name)))
            ++*n;
    }
    if (dir)
        closedir(dir);
    if (names)
        qsort(names, *n, sizeof *names, compare);
    return names;
}

static int replay(const char *folder, size_t k)
{
    size_t n_names, failed = 0;
    char **names = names_of(folder, &n_names);
    for (size_t i = 0; i < n_names; i++) {
        char path[4096];
        size_t n;
        uint8_t *bytes, *exact;
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        printf("# %s\n", path);
        fflush(stdout);
        bytes = whole(path, &n);
        exact = malloc(n ? n : 1); /* of the very size: one byte beyond is a fault */
        if (bytes && exact) {
            memcpy(exact, bytes, n);
            LLVMFuzzerTestOneInput(exact, n);
        } else {
            failed++;
        }
        free(bytes);
        free(exact);
        free(names[i]);
    }
    free(names);
    printf("%s %zu - %zu inputs\n", n_names && !failed ? "ok" : "not ok", k, n_names);
    return n_names && !failed ? 0 : 1;
}

int main(int argc, char **argv)
{
    int failed = 0;
    printf("1..%d\n", argc - 1);
    for (int i = 1; i < argc; i++)
        failed |= replay(argv[i], (size_t)i);
    return failed;
}
