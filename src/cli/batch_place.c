/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* realpath */
#include "batch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* The folder of a run: made, held by one batch at a time, and freed of what killed ones left. */

#define LOCK_NAME  ".dualuc.lock"
#define LOCK_TRIES 40 /* of 50 ms: workers of a batch that was killed may live a moment longer */

char *cli_joined(const char *folder, const char *name)
{
    size_t n = strlen(folder), m = strlen(name);
    while (n > 1 && folder[n - 1] == '/')
        n--;
    bool slash = n && folder[n - 1] != '/';
    char *path = malloc(n + slash + m + 1);
    if (!path)
        return NULL;
    memcpy(path, folder, n);
    if (slash)
        path[n] = '/';
    memcpy(path + n + slash, name, m + 1);
    return path;
}

char *cli_real_path(const char *path)
{
    return realpath(path, NULL);
}

static dlu_status refuse_folder(const char *path, dlu_error *err)
{
    const char *hint = errno == ENOSPC ? "make room on the disk" : "choose another place";
    if (errno == ENOTDIR || errno == EEXIST)
        return cli_fail(err, DLU_E_IO, "folder-is-file", path, "choose another name",
                        "expected a folder or none, found a file");
    return cli_fail(err, DLU_E_IO, "folder-unusable", path, hint, "cannot make the folder: %s",
                    strerror(errno));
}

static bool make_folder(const char *path)
{
    struct stat info;
    if (!mkdir(path, 0777))
        return true;
    return errno == EEXIST && !stat(path, &info) && S_ISDIR(info.st_mode);
}

dlu_status cli_make_folders(const char *path, dlu_error *err)
{
    char *part = strdup(path);
    bool good = part != NULL;
    if (!part)
        return cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
    for (char *p = part + 1; good && *part && *p; p++) {
        if (*p != '/' || p[-1] == '/')
            continue;
        *p = '\0';
        good = make_folder(part);
        *p = '/';
    }
    good = good && make_folder(part);
    dlu_status status = good ? DLU_OK : refuse_folder(path, err);
    free(part);
    return status;
}

/* ---- the lock ---- */

static void pause_a_little(void)
{
    const struct timespec t = {0, 50000000};
    nanosleep(&t, NULL);
}

/* The file that was locked may be one that its owner has just removed. */
static bool is_still_there(int fd, const char *path)
{
    struct stat held, named;
    return !fstat(fd, &held) && !stat(path, &named) && held.st_ino == named.st_ino &&
           held.st_dev == named.st_dev;
}

static void write_owner(int fd)
{
    char text[64];
    int n = snprintf(text, sizeof text, "%ld\n", (long)getpid());
    /* only for the message of a second batch */
    if (ftruncate(fd, 0) || pwrite(fd, text, (size_t)n, 0) != n)
        return;
}

static long read_owner(int fd)
{
    char text[64];
    ssize_t n = pread(fd, text, sizeof text - 1, 0);
    text[n > 0 ? n : 0] = '\0';
    return strtol(text, NULL, 10);
}

static dlu_status refuse_lock(const char *folder, int fd, dlu_error *err)
{
    return cli_fail(
        err, DLU_E_IO, "folder-in-use", folder, "wait until it is done, or choose another folder",
        "another dualuc batch, process %ld, is writing into this folder", read_owner(fd));
}

static dlu_status try_lock(const char *folder, cli_lock *lock, bool last, bool *again,
                           dlu_error *err)
{
    *again = false;
    lock->fd = open(lock->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (lock->fd < 0)
        return cli_fail(err, DLU_E_IO, "folder-not-writable", folder,
                        "choose a folder of your own, or allow yourself to write there",
                        "cannot write into the folder \"%s\": %s", folder, strerror(errno));
    bool held = !flock(lock->fd, LOCK_EX | LOCK_NB);
    if (held && is_still_there(lock->fd, lock->path)) {
        write_owner(lock->fd);
        return DLU_OK;
    }
    dlu_status status = last ? refuse_lock(folder, lock->fd, err) : DLU_OK;
    *again = !last;
    close(lock->fd);
    lock->fd = -1;
    return status;
}

dlu_status cli_lock_folder(const char *folder, cli_lock *lock, dlu_error *err)
{
    bool again = true;
    dlu_status status = DLU_OK;
    *lock = (cli_lock){.fd = -1, .path = cli_joined(folder, LOCK_NAME)};
    if (!lock->path)
        return cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
    for (int i = 0; !status && again; i++) {
        status = try_lock(folder, lock, i == LOCK_TRIES, &again, err);
        if (again)
            pause_a_little();
    }
    return status;
}

void cli_unlock_folder(cli_lock *lock)
{
    if (lock->fd >= 0) {
        unlink(lock->path);
        close(lock->fd);
    }
    free(lock->path);
    *lock = (cli_lock){.fd = -1};
}

/* ---- leftovers ---- */

/* ".dualuc-PID-N.tmp" or ".old" */
static bool is_leftover(const char *name)
{
    static const char prefix[] = ".dualuc-";
    const char *dot = strrchr(name, '.');
    return !strncmp(name, prefix, sizeof prefix - 1) &&
           (!strcmp(dot, ".tmp") || !strcmp(dot, ".old"));
}

void cli_remove_leftovers(const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    while (dir && (entry = readdir(dir))) {
        char *path = is_leftover(entry->d_name) ? cli_joined(folder, entry->d_name) : NULL;
        if (path)
            unlink(path);
        free(path);
    }
    if (dir)
        closedir(dir);
}

static void remove_file(const char *folder, const char *name)
{
    char *path = cli_joined(folder, name);
    if (path)
        unlink(path);
    free(path);
}

void cli_remove_empty(const char *folder, const char *name)
{
    char *path = cli_joined(folder, name);
    size_t top = strlen(folder);
    while (path && strlen(path) > top && (!rmdir(path) || errno == ENOENT))
        *strrchr(path, '/') = '\0';
    free(path);
}

static void remove_item(const char *folder, const char *name)
{
    char *path = cli_joined(folder, name);
    if (!path)
        return;
    remove_file(path, CLI_RECORD_NAME);
    cli_remove_leftovers(path);
    cli_remove_empty(path, CLI_TABLES_NAME);
    cli_remove_empty(path, CLI_FIGURES_NAME);
    free(path);
    cli_remove_empty(folder, name);
}

void cli_remove_run(const char *folder, const cli_items *list, const dlu_run *run)
{
    for (size_t i = 0; i < run->n_outputs; i++)
        remove_file(folder, run->outputs[i].path);
    for (size_t i = 0; i < list->n; i++)
        remove_item(folder, list->items[i].name);
    remove_file(folder, "run.json");
    cli_remove_leftovers(folder);
    rmdir(folder);
}

/* ---- files beside ---- */

dlu_status cli_open_log(const char *path, FILE **log, dlu_error *err)
{
    *log = fopen(path, "ae");
    if (*log)
        return DLU_OK;
    return cli_fail(err, DLU_E_IO, "log-not-writable", path, "choose another place for the log",
                    "cannot write the log: %s", strerror(errno));
}

dlu_status cli_hash_file(const char *path, char hex[65], dlu_error *err)
{
    cli_file file;
    dlu_status status = cli_file_bytes(path, &file, err);
    if (!status)
        dlu_sha256(file.source.bytes, file.source.n_bytes, hex);
    cli_file_free(&file);
    return status;
}
