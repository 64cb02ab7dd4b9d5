#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the unit tests and the example under valgrind, then lets every allocation of the process
# fail, which a sanitizer would not allow: a line a program, then a count. Exit code 1 where memory
# was used wrongly, or lost.
set -eu
cd "$(dirname "$0")/.."
. tools/packages.sh

# shellcheck disable=SC2086
need_packages $BUILD_PACKAGES $TEST_PACKAGES valgrind
configure build-valgrind -Dtests=enabled -Dbuildtype=debugoptimized -Db_sanitize=none \
    -Dc_args=-Wno-null-dereference
ninja -C build-valgrind --quiet >build-valgrind/log 2>&1 || {
    tail -n 40 build-valgrind/log >&2
    exit 1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
good=0
bad=0

# check NAME PROGRAM ARGUMENTS: memcheck's verdict on one run.
check() {
    name=$1
    shift
    code=0
    valgrind --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite,indirect \
        --show-leak-kinds=definite,indirect --child-silent-after-fork=yes \
        --log-file="$work/log" "$@" >"$work/out" 2>"$work/err" || code=$?
    if [ "$code" -eq 0 ] && [ ! -s "$work/log" ]; then
        good=$((good + 1))
        echo "ok      $name"
    else
        bad=$((bad + 1))
        echo "not ok  $name (exit code $code)"
        tail -n 20 "$work/err" | sed 's/^/    /'
        head -n 60 "$work/log" | sed 's/^/    /'
    fi
}

dualuc=$PWD/build-valgrind/dualuc
example=$PWD/fixtures/example-mir21
export DUALUC_FIXTURES="$PWD/fixtures"

for program in build-valgrind/test/unit/test_* build-valgrind/test/stats/test_*; do
    if [ -f "$program" ] && [ -x "$program" ]; then
        check "${program#build-valgrind/test/}" "$program"
    fi
done
check "analyze" "$dualuc" analyze "$example/day1.xlsx" "$example/day2.xlsx" "$example/day3.xlsx" \
    --map "$example/map.xlsx" -o "$work/report.xlsx" --json "$work/result.json" --csv "$work/tables"
check "analyze, one table" "$dualuc" analyze test/cases/inputs/table.csv --json "$work/table.json"
check "read" "$dualuc" read "$example/day1.xlsx"
check "inspect" "$dualuc" inspect "$example/day1.xlsx" fixtures/*/*.csv
check "formats" "$dualuc" formats
check "simulate" "$dualuc" simulate -o "$work/made" --pairs 2 --map-format xlsx

if python3 test/fault/memory.py build-valgrind/dualuc \
    build-valgrind/test/fault/libinterpose_memory.so; then
    good=$((good + 1))
else
    bad=$((bad + 1))
fi

echo "$good without a fault, $bad with one"
[ "$bad" -eq 0 ]
