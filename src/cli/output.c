/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"
#include "interrupt.h"
#include "output_place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_TRIES 1000u

static dlu_status refuse_memory(dlu_error *err)
{
    return cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
}

static dlu_status refuse_write(const char *path, dlu_error *err)
{
    const char *hint = errno == ENOSPC ? "make room on the disk" : "";
    return cli_fail(err, DLU_E_IO, "cannot-write", cli_is_stdout(path) ? "" : path, hint,
                    "writing %sfailed: %s; nothing was written",
                    cli_is_stdout(path) ? "to standard output " : "", strerror(errno));
}

/* What goes to standard output is written to a file first, so that all of it goes or nothing. */
static dlu_status refuse_temp(const char *folder, dlu_error *err)
{
    return cli_fail(
        err, DLU_E_IO, "cannot-write", "", "set TMPDIR to a folder of your own",
        "cannot make a temporary file in the folder \"%.400s\": %s; nothing was written", folder,
        strerror(errno));
}

static char *copy(const char *text)
{
    size_t n = strlen(text) + 1;
    char *to = malloc(n);
    return to ? memcpy(to, text, n) : NULL;
}

/* Where the temporary file goes: beside the final one, so that renaming is one step. */
static bool temp_folder(const char *path, cli_place *place)
{
    const char *dir = getenv("TMPDIR");
    if (!cli_is_stdout(path))
        return cli_split_path(path, place);
    snprintf(place->folder, sizeof place->folder, "%s", dir && *dir ? dir : "/tmp");
    return true;
}

/* A new file of a name that nobody has: another run may be writing into the same folder. */
static int make_temp(const char *folder, char *name, size_t size)
{
    for (unsigned i = 0; i < MAX_TRIES; i++) {
        snprintf(name, size, "%s/.dualuc-%ld-%u.tmp", folder, (long)getpid(), i);
        int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || (errno != EEXIST && errno != EINTR))
            return fd;
    }
    return -1;
}

static bool make_room(cli_outputs *outputs)
{
    if (outputs->n < outputs->cap)
        return true;
    size_t cap = 2 * outputs->cap + 16;
    cli_output *more = realloc(outputs->items, cap * sizeof *more);
    if (!more)
        return false;
    outputs->items = more;
    outputs->cap = cap;
    return true;
}

static dlu_status begin_held(cli_outputs *outputs, const char *path, int *fd, dlu_error *err)
{
    cli_place place;
    char name[CLI_MAX_FOLDER + 64];
    dlu_status status = cli_output_check(path, err);
    if (status)
        return status;
    if (outputs->n >= CLI_MAX_OUTPUTS)
        return cli_fail(err, DLU_E_LIMIT, "too-many-outputs", path, "write them in several runs",
                        "expected at most %u files to write, found more", CLI_MAX_OUTPUTS);
    if (!make_room(outputs))
        return refuse_memory(err);
    if (!temp_folder(path, &place)) {
        errno = ENAMETOOLONG;
        return refuse_write(path, err);
    }
    *fd = make_temp(place.folder, name, sizeof name);
    if (*fd < 0)
        return cli_is_stdout(path) ? refuse_temp(place.folder, err) : refuse_write(path, err);
    cli_output *o = &outputs->items[outputs->n++];
    *o = (cli_output){copy(path), copy(name), NULL};
    if (o->path && o->temp)
        return DLU_OK;
    unlink(name);
    close(*fd);
    free(o->path);
    free(o->temp);
    outputs->n--;
    return refuse_memory(err);
}

static dlu_status begin(cli_outputs *outputs, const char *path, int *fd, dlu_error *err)
{
    sigset_t before;
    cli_interrupt_hold(&before);
    dlu_status status = begin_held(outputs, path, fd, err);
    if (!status)
        cli_interrupt_add(outputs);
    cli_interrupt_let(&before);
    return status;
}

static bool write_all(int fd, const char *bytes, size_t n)
{
    while (n) {
        ssize_t done = write(fd, bytes, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return false;
        bytes += done;
        n -= (size_t)done;
    }
    return true;
}

dlu_status cli_outputs_bytes(cli_outputs *outputs, const char *path, const void *bytes, size_t n,
                             dlu_error *err)
{
    int fd;
    dlu_status status = begin(outputs, path, &fd, err);
    if (status)
        return status;
    if (!write_all(fd, bytes, n))
        status = refuse_write(path, err);
    /* an interrupted close has closed, and the flush will tell of what did not get to the disk */
    if (close(fd) && errno != EINTR && !status)
        status = refuse_write(path, err);
    return status;
}

dlu_status cli_outputs_file(cli_outputs *outputs, const char *path, const char **temp,
                            dlu_error *err)
{
    int fd;
    dlu_status status = begin(outputs, path, &fd, err);
    if (status)
        return status;
    close(fd);
    *temp = outputs->items[outputs->n - 1].temp;
    return DLU_OK;
}

dlu_status cli_outputs_stream(cli_outputs *outputs, const char *path, FILE **stream, dlu_error *err)
{
    int fd;
    dlu_status status = begin(outputs, path, &fd, err);
    if (status)
        return status;
    *stream = fdopen(fd, "wb");
    if (*stream)
        return DLU_OK;
    close(fd);
    return refuse_memory(err);
}

dlu_status cli_outputs_close(const cli_outputs *outputs, FILE *stream, dlu_error *err)
{
    const char *path = outputs->items[outputs->n - 1].path;
    bool failed = fflush(stream) || ferror(stream);
    dlu_status status = failed ? refuse_write(path, err) : DLU_OK;
    if (fclose(stream) && errno != EINTR && !status)
        status = refuse_write(path, err);
    return status;
}

dlu_status cli_outputs_written(const cli_outputs *outputs, dlu_status status, dlu_error *err)
{
    const char *path = outputs->items[outputs->n - 1].path;
    if (status)
        snprintf(err->file, sizeof err->file, "%s", cli_is_stdout(path) ? "" : path);
    return status;
}

dlu_status cli_outputs_folder(cli_outputs *outputs, const char *path, dlu_error *err)
{
    struct stat info;
    dlu_status status = cli_output_check_folder(path, err);
    if (status || (!stat(path, &info) && S_ISDIR(info.st_mode)))
        return status;
    if (outputs->n_folders >= sizeof outputs->folders / sizeof *outputs->folders)
        return cli_fail(err, DLU_E_LIMIT, "too-many-outputs", path, "write them in several runs",
                        "expected at most %zu folders to make, found more",
                        sizeof outputs->folders / sizeof *outputs->folders);
    char *name = copy(path);
    if (!name)
        return refuse_memory(err);
    sigset_t before;
    cli_interrupt_hold(&before);
    if (mkdir(path, 0777)) {
        status = refuse_write(path, err);
        free(name);
    } else {
        outputs->folders[outputs->n_folders++] = name;
        cli_interrupt_add(outputs);
    }
    cli_interrupt_let(&before);
    return status;
}

static dlu_status flush(const cli_output *o, dlu_error *err)
{
    int fd;
    do
        fd = open(o->temp, O_RDONLY | O_CLOEXEC);
    while (fd < 0 && errno == EINTR);
    bool failed = fd < 0;
    while (!failed && fsync(fd))
        failed = errno != EINTR;
    dlu_status status = failed ? refuse_write(o->path, err) : DLU_OK;
    if (fd >= 0)
        close(fd);
    return status;
}

/* Where nobody reads standard output, nothing is said, unless other outputs are lost with it. */
static dlu_status refuse_stdout(bool alone, dlu_error *err)
{
    if (alone && errno == EPIPE)
        return cli_fail(err, DLU_E_IO, CLI_PIPE_CLOSED, "", "", "nobody reads standard output");
    return refuse_write("-", err);
}

static dlu_status copy_out(const cli_output *o, bool alone, dlu_error *err)
{
    char block[16384];
    size_t n;
    FILE *from = fopen(o->temp, "rb");
    if (!from)
        return refuse_write(o->path, err);
    while ((n = fread(block, 1, sizeof block, from)) > 0 && fwrite(block, 1, n, stdout) == n)
        ;
    bool failed = ferror(from) || ferror(stdout) || fflush(stdout);
    dlu_status status = failed ? refuse_stdout(alone, err) : DLU_OK;
    fclose(from);
    return status;
}

/* Keeps what stands there under a second name; on a disk without hard links, under that alone. */
static bool keep_old(cli_output *o)
{
    cli_place place;
    char name[CLI_MAX_FOLDER + 64];
    if (!cli_split_path(o->path, &place)) {
        errno = ENAMETOOLONG;
        return false;
    }
    snprintf(name, sizeof name, "%s/.dualuc-%ld-%s.old", place.folder, (long)getpid(),
             strrchr(o->temp, '-') + 1);
    o->old = copy(name);
    if (!o->old)
        return false;
    if (!link(o->path, name) || (errno != ENOENT && !rename(o->path, name)))
        return true;
    bool nothing_there = errno == ENOENT;
    free(o->old);
    o->old = NULL;
    return nothing_there;
}

static dlu_status place(cli_output *o, dlu_error *err)
{
    if (!keep_old(o) || rename(o->temp, o->path))
        return refuse_write(o->path, err);
    free(o->temp);
    o->temp = NULL;
    return DLU_OK;
}

/*
 * Takes renamed files back: the replaced ones stand there again, new ones are gone. Where even that
 * fails, the replaced one stays under its second name rather than nowhere.
 */
static void take_back(cli_outputs *outputs)
{
    for (size_t i = 0; i < outputs->n; i++) {
        cli_output *o = &outputs->items[i];
        if (o->old && rename(o->old, o->path)) {
            free(o->old);
            o->old = NULL;
        } else if (!o->old && !o->temp) {
            unlink(o->path);
        }
    }
}

static void forget_old(cli_outputs *outputs)
{
    for (size_t i = 0; i < outputs->n; i++) {
        cli_output *o = &outputs->items[i];
        if (o->old)
            unlink(o->old);
        free(o->old);
        o->old = NULL;
    }
}

/* All in place or none: an interruption waits. */
static dlu_status place_all(cli_outputs *outputs, dlu_status status, dlu_error *err)
{
    sigset_t before;
    cli_interrupt_hold(&before);
    for (size_t i = 0; !status && i < outputs->n; i++)
        if (!cli_is_stdout(outputs->items[i].path))
            status = place(&outputs->items[i], err);
    if (status)
        take_back(outputs);
    forget_old(outputs);
    for (; !status && outputs->n_folders; outputs->n_folders--)
        free(outputs->folders[outputs->n_folders - 1]);
    cli_interrupt_let(&before);
    return status;
}

/* Standard output comes first: a closed pipe must leave no file behind. */
dlu_status cli_outputs_commit(cli_outputs *outputs, dlu_error *err)
{
    dlu_status status = DLU_OK;
    for (size_t i = 0; !status && i < outputs->n; i++)
        status = flush(&outputs->items[i], err);
    for (size_t i = 0; !status && i < outputs->n; i++)
        if (cli_is_stdout(outputs->items[i].path))
            status = copy_out(&outputs->items[i], outputs->n == 1, err);
    return place_all(outputs, status, err);
}

void cli_outputs_free(cli_outputs *outputs)
{
    sigset_t before;
    cli_interrupt_hold(&before);
    cli_interrupt_remove(outputs);
    for (size_t i = 0; i < outputs->n; i++) {
        if (outputs->items[i].temp)
            unlink(outputs->items[i].temp);
        free(outputs->items[i].temp);
        free(outputs->items[i].path);
    }
    free(outputs->items);
    outputs->items = NULL;
    outputs->n = outputs->cap = 0;
    for (; outputs->n_folders; outputs->n_folders--) {
        char *folder = outputs->folders[outputs->n_folders - 1];
        rmdir(folder); /* stays where somebody put something into it */
        free(folder);
    }
    cli_interrupt_let(&before);
}
