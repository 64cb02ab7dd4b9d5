#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Batches with several workers under the thread sanitizer. Workers are processes, so that there is no
# thread to race with; this shows that it stays so. Exit code 1 where the sanitizer has something to say.
set -eu
cd "$(dirname "$0")/.."
. tools/packages.sh

# shellcheck disable=SC2086
need_packages $BUILD_PACKAGES $TEST_PACKAGES
configure build-threads -Dtests=disabled -Dbuildtype=debugoptimized -Db_sanitize=thread
ninja -C build-threads --quiet >build-threads/log 2>&1 || {
    tail -n 40 build-threads/log >&2
    exit 1
}

# any report makes the program end with 66, which no check expects
TSAN_OPTIONS="halt_on_error=1 exitcode=66" exec python3 test/batch/run.py build-threads/dualuc \
    same_bytes resume adjusted_over_the_batch bad_one_stops_nobody merge verify_rerun fail_fast
