#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Fuzzes one target after the other, or those that are named, each for that many seconds:
#     sh tools/fuzz.sh [SECONDS [TARGET...]]
# The corpus grows in build-fuzz/corpus; what is found goes to build-fuzz/found and, once mended, to
# test/fuzz/found/TARGET, where every run of the tests feeds it again.
set -eu
cd "$(dirname "$0")/.."
. tools/packages.sh
# shellcheck disable=SC2086
need_packages $BUILD_PACKAGES $TEST_PACKAGES clang libclang-rt-14-dev

seconds=${1:-60}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- bytes text xlsx import map seed
CC=clang configure build-fuzz -Dfuzzers=true -Db_sanitize=address,undefined -Db_lundef=false \
    -Dtests=enabled -Dbuildtype=debugoptimized
ninja -C build-fuzz --quiet
tools/fuzz_corpus.py build-fuzz/seeds
status=0
for target in "$@"; do
    mkdir -p "build-fuzz/corpus/$target" build-fuzz/found
    log=build-fuzz/found/$target.log
    "build-fuzz/test/fuzz/fuzz_$target" "build-fuzz/corpus/$target" "build-fuzz/seeds/$target" \
        "test/fuzz/found/$target" -max_total_time="$seconds" -max_len=200000 -timeout=20 \
        -rss_limit_mb=4096 -artifact_prefix="build-fuzz/found/$target-" \
        -dict="test/fuzz/words.dict" -print_final_stats=1 >"$log" 2>&1 || status=1
    printf '%s: ' "$target"
    grep -E 'stat::number_of_executed_units|SUMMARY' "$log" | tr '\n' ' '
    echo
done
exit $status
