#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds with sanitizers and warnings as errors, runs every test, and ends with the line
# "N passed, N failed" (", N skipped"). Exit code 1 where one failed.
set -eu
cd "$(dirname "$0")/.."
. tools/packages.sh

# shellcheck disable=SC2086
need_packages $BUILD_PACKAGES $TEST_PACKAGES
configure build-test -Dwerror=true -Db_sanitize=address,undefined -Dfault_injection=true \
    -Dtests=enabled -Dbuildtype=debugoptimized
ninja -C build-test --quiet

status=0
rm -f build-test/meson-logs/testlog.junit.xml
meson test -C build-test --no-rebuild --print-errorlogs "$@" || status=$?
python3 tools/count_tests.py build-test/meson-logs/testlog.junit.xml "$status"
