/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "interrupt.h"
#include "workers.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#define MAX_WORKERS 256u

/* Largest answer of a job that is taken: more is a worker gone mad. */
#define MAX_ANSWER ((size_t)1 << 30)

typedef struct worker {
    pid_t pid; /* 0: none */
    int jobs;  /* where the next job is written to */
    int answers;
    bool busy;
    size_t job;
} worker;

typedef struct pool {
    const cli_pool *of;
    worker workers[MAX_WORKERS];
    unsigned n;
    size_t next;  /* job */
    bool stopped; /* no further job is begun */
} pool;

/* What goes before the bytes of an answer. */
typedef struct head {
    uint64_t job;
    uint64_t n;
} head;

bool cli_answer_add(cli_answer *answer, const void *bytes, size_t n)
{
    if (n > answer->cap - answer->n) {
        size_t cap = answer->cap ? answer->cap : 4096;
        while (cap - answer->n < n)
            cap *= 2;
        char *larger = realloc(answer->bytes, cap);
        if (!larger)
            return false;
        answer->bytes = larger;
        answer->cap = cap;
    }
    memcpy(answer->bytes + answer->n, bytes, n);
    answer->n += n;
    return true;
}

void cli_answer_free(cli_answer *answer)
{
    free(answer->bytes);
    *answer = (cli_answer){0};
}

static bool send_all(int fd, const void *from, size_t n)
{
    const char *bytes = from;
    while (n) {
        ssize_t done = write(fd, bytes, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        bytes += done;
        n -= (size_t)done;
    }
    return true;
}

static bool receive_all(int fd, void *to, size_t n)
{
    char *bytes = to;
    while (n) {
        ssize_t got = read(fd, bytes, n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        bytes += got;
        n -= (size_t)got;
    }
    return true;
}

/* ---- in a worker ---- */

/* Work without a listener is of no use: it ends with the program, however that ended. */
static void end_with_parent(pid_t parent)
{
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    if (getppid() != parent)
        _exit(CLI_FAILED);
}

static void serve(const pool *p, int jobs, int answers)
{
    uint64_t job;
    while (receive_all(jobs, &job, sizeof job)) {
        cli_answer answer = {0};
        p->of->work(p->of->context, (size_t)job, &answer);
        const head h = {job, answer.n};
        bool sent = send_all(answers, &h, sizeof h) && send_all(answers, answer.bytes, answer.n);
        cli_answer_free(&answer);
        if (!sent)
            break;
    }
    _exit(CLI_DONE);
}

/* ---- in the program ---- */

static void close_pair(const int pair[2])
{
    close(pair[0]);
    close(pair[1]);
}

/* The pipes of the other workers, which a new one must not hold open. */
static void close_others(const pool *p)
{
    for (unsigned i = 0; i < p->n; i++) {
        if (p->workers[i].pid) {
            close(p->workers[i].jobs);
            close(p->workers[i].answers);
        }
    }
}

static bool start(pool *p, worker *w)
{
    int jobs[2], answers[2];
    pid_t parent = getpid();
    if (pipe(jobs))
        return false;
    if (pipe(answers)) {
        close_pair(jobs);
        return false;
    }
    fflush(stdout);
    fflush(stderr);
    pid_t pid = fork();
    if (pid < 0) {
        close_pair(jobs);
        close_pair(answers);
        return false;
    }
    if (!pid) {
        cli_interrupt_forget();
        end_with_parent(parent);
        close(jobs[1]);
        close(answers[0]);
        close_others(p);
        serve(p, jobs[0], answers[1]);
    }
    close(jobs[0]);
    close(answers[1]);
    *w = (worker){.pid = pid, .jobs = jobs[1], .answers = answers[0]};
    return true;
}

static void describe_death(int status, char *text, size_t size)
{
    if (WIFSIGNALED(status))
        snprintf(text, size, "signal %d, %s", WTERMSIG(status), strsignal(WTERMSIG(status)));
    else
        snprintf(text, size, "exit code %d", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

static void end(worker *w, int *status)
{
    close(w->jobs);
    close(w->answers);
    while (waitpid(w->pid, status, 0) < 0 && errno == EINTR)
        ;
    w->pid = 0;
}

static void give_job(pool *p, worker *w)
{
    uint64_t job = p->next;
    if (p->stopped || p->next >= p->of->n_jobs)
        return;
    p->next++;
    w->job = (size_t)job;
    w->busy = true;
    /* a worker that died meanwhile is found by the end of its answers */
    send_all(w->jobs, &job, sizeof job);
}

/* False where memory ran out. */
static bool take_answer(pool *p, worker *w)
{
    head h;
    cli_answer answer = {0};
    char death[128] = "", *bytes = NULL;
    bool whole = receive_all(w->answers, &h, sizeof h) && h.n <= MAX_ANSWER && h.job == w->job;
    if (whole && h.n) {
        bytes = malloc((size_t)h.n);
        if (!bytes)
            return false;
        whole = receive_all(w->answers, bytes, (size_t)h.n);
        answer = (cli_answer){bytes, (size_t)h.n, (size_t)h.n};
    }
    if (!whole) {
        int status = 0;
        end(w, &status);
        describe_death(status, death, sizeof death);
    }
    w->busy = false;
    if (!p->of->take(p->of->context, w->job, &answer, whole ? NULL : death))
        p->stopped = true;
    free(bytes);
    return true;
}

static size_t jobs_left(const pool *p)
{
    return p->stopped ? 0 : p->of->n_jobs - p->next;
}

/* Every worker that could have a job has one. False where there is none at all for what is left. */
static bool occupy(pool *p)
{
    unsigned alive = 0;
    for (unsigned i = 0; i < p->n; i++) {
        worker *w = &p->workers[i];
        if (!w->pid && jobs_left(p))
            start(p, w);
        if (w->pid && !w->busy)
            give_job(p, w);
        alive += w->pid != 0;
    }
    return alive || !jobs_left(p);
}

static bool wait_for_answers(pool *p)
{
    struct pollfd fds[MAX_WORKERS];
    worker *of[MAX_WORKERS];
    nfds_t n = 0;
    for (unsigned i = 0; i < p->n; i++) {
        if (!p->workers[i].pid || !p->workers[i].busy)
            continue;
        of[n] = &p->workers[i];
        fds[n++] = (struct pollfd){.fd = p->workers[i].answers, .events = POLLIN};
    }
    if (poll(fds, n, -1) < 0)
        return errno == EINTR;
    for (nfds_t i = 0; i < n; i++)
        if (fds[i].revents && !take_answer(p, of[i]))
            return false;
    return true;
}

static bool any_busy(const pool *p)
{
    for (unsigned i = 0; i < p->n; i++)
        if (p->workers[i].pid && p->workers[i].busy)
            return true;
    return false;
}

dlu_status cli_pool_run(const cli_pool *of, dlu_error *err)
{
    pool *p = calloc(1, sizeof *p);
    dlu_status status = DLU_OK;
    if (!p)
        return cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
    p->of = of;
    p->n = of->n_workers < MAX_WORKERS ? of->n_workers : MAX_WORKERS;
    p->n = p->n < of->n_jobs ? p->n : (unsigned)of->n_jobs;
    do {
        if (!occupy(p))
            status =
                cli_fail(err, DLU_E_IO, "no-worker", "",
                         "end other programs and run it again, or begin fewer at a time with -j",
                         "cannot start a process to work in: %s", strerror(errno));
        else if (any_busy(p) && !wait_for_answers(p))
            status = cli_fail(err, DLU_E_NO_MEMORY, "no-memory", "", "", "not enough memory");
    } while (!status && (any_busy(p) || jobs_left(p)));
    for (unsigned i = 0; i < p->n; i++) {
        int ended;
        if (p->workers[i].pid)
            end(&p->workers[i], &ended);
    }
    free(p);
    return status;
}
