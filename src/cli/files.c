/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const folder_hint = "name the file in it, such as FOLDER/plate.xlsx";

static dlu_status refuse_open(const char *path, dlu_error *err)
{
    if (errno == ENOENT || errno == ENOTDIR)
        return cli_fail(err, DLU_E_IO, "file-missing", path,
                        "check the spelling and the folder; the path is taken as it is given",
                        "expected a file, found none of this name");
    if (errno == EACCES || errno == EPERM)
        return cli_fail(err, DLU_E_IO, "file-unreadable", path,
                        "allow yourself to read it, or copy it to a folder of your own",
                        "the file is there, but it may not be read");
    return cli_fail(err, DLU_E_IO, "file-unreadable", path, "", "cannot open the file: %s",
                    strerror(errno));
}

/* Only plain files: a FIFO or a terminal would block, and its bytes cannot be read twice. */
static dlu_status check_kind(int fd, const char *path, size_t *size, dlu_error *err)
{
    struct stat info;
    if (fstat(fd, &info))
        return refuse_open(path, err);
    if (S_ISDIR(info.st_mode))
        return cli_fail(err, DLU_E_IO, "file-is-folder", path, folder_hint,
                        "expected a file, found a folder");
    if (!S_ISREG(info.st_mode))
        return cli_fail(err, DLU_E_IO, "file-not-plain", path,
                        "save what it delivers to a file first",
                        "expected a plain file, found a pipe or a device");
    if (info.st_size < 0 || (uint64_t)info.st_size > DLU_MAX_FILE_BYTES)
        return cli_fail(err, DLU_E_LIMIT, "file-too-large", path,
                        "an export of a luminometer has a few megabytes at most; is this one?",
                        "expected at most %zu MiB, found %llu MiB", DLU_MAX_FILE_BYTES >> 20,
                        (unsigned long long)info.st_size >> 20);
    *size = (size_t)info.st_size;
    return DLU_OK;
}

/* Reads up to the end of the file or `size` bytes, whatever comes first. */
static dlu_status read_up_to(int fd, const char *path, char *bytes, size_t size, size_t *n,
                             dlu_error *err)
{
    *n = 0;
    while (*n < size) {
        ssize_t got = read(fd, bytes + *n, size - *n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return cli_fail(err, DLU_E_IO, "file-unreadable", path, "",
                            "reading stopped after %zu bytes: %s", *n, strerror(errno));
        if (got == 0)
            break;
        *n += (size_t)got;
    }
    return DLU_OK;
}

/* A file that the reader's software is still writing would be taken for a small one. */
static dlu_status read_all(int fd, const char *path, char *bytes, size_t size, dlu_error *err)
{
    size_t n;
    dlu_status status = read_up_to(fd, path, bytes, size + 1, &n, err);
    if (status || n == size)
        return status;
    return cli_fail(err, DLU_E_IO, "file-changed", path,
                    "wait until it is written or copied to its end, then try again",
                    "the file changed while it was read: expected %zu bytes, found %s", size,
                    n < size ? "fewer" : "more");
}

static dlu_status read_open(int fd, const char *path, cli_file *out, dlu_error *err)
{
    size_t size = 0;
    dlu_status status = check_kind(fd, path, &size, err);
    if (status)
        return status;
    out->bytes = malloc(size + 1);
    if (!out->bytes)
        return cli_fail(err, DLU_E_NO_MEMORY, "no-memory", path, "", "not enough memory");
    status = read_all(fd, path, out->bytes, size, err);
    if (status) {
        cli_file_free(out);
        return status;
    }
    out->source = (dlu_source){.name = path, .bytes = out->bytes, .n_bytes = size};
    return DLU_OK;
}

dlu_status cli_file_bytes(const char *path, cli_file *out, dlu_error *err)
{
    *out = (cli_file){0};
    /* without O_NONBLOCK, opening a FIFO would wait for its writer */
    int fd;
    do
        fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    while (fd < 0 && errno == EINTR);
    if (fd < 0)
        return refuse_open(path, err);
    dlu_status status = read_open(fd, path, out, err);
    close(fd);
    return status;
}

dlu_status cli_file_read(const char *path, cli_file *out, dlu_error *err)
{
    dlu_status status = cli_file_bytes(path, out, err);
    if (!status)
        status = cli_xls_read(out, err);
    if (status)
        cli_file_free(out);
    return status;
}

void cli_file_free(cli_file *file)
{
    if (!file)
        return;
    cli_xls_free(file);
    free(file->bytes);
    *file = (cli_file){0};
}

static void release(void *file)
{
    cli_file_free(file);
}

dlu_source cli_file_lend(cli_file *file)
{
    dlu_source source = file->source;
    source.release = release;
    source.owner = file;
    return source;
}

dlu_status cli_files_read(const char *const *paths, size_t n, cli_file **out, dlu_error *err)
{
    cli_file *files = calloc(n ? n : 1, sizeof *files);
    *out = NULL;
    if (!files)
        return cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
    for (size_t i = 0; i < n; i++) {
        dlu_status status = cli_file_read(paths[i], &files[i], err);
        if (status) {
            cli_files_free(files, n);
            return status;
        }
    }
    *out = files;
    return DLU_OK;
}

void cli_keep_descriptors(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
            return; /* without /dev/null there is nothing to be done */
}

void cli_files_free(cli_file *files, size_t n)
{
    for (size_t i = 0; files && i < n; i++)
        cli_file_free(&files[i]);
    free(files);
}
