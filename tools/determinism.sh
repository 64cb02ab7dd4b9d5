#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the program with every compiler that is there, at several levels of optimisation and with
# sanitizers, and compares the outputs of all byte for byte. Exit code 1 where one differs.
set -eu
cd "$(dirname "$0")/.."
. tools/packages.sh

# shellcheck disable=SC2086
need_packages $BUILD_PACKAGES python3 clang

# build NAME COMPILER MESON-OPTIONS...
build() {
    folder=build-compilers/$1
    CC=$2
    export CC
    shift 2
    command -v "$CC" >/dev/null 2>&1 || return 0
    if ! { configure "$folder" -Dtests=disabled -Dbuildtype=plain "$@" &&
        ninja -C "$folder" dualuc; } >"$folder.log" 2>&1; then
        tail -n 40 "$folder.log" >&2
        exit 1
    fi
}

mkdir -p build-compilers
for compiler in gcc clang; do
    for level in 0 2 3; do
        build "$compiler-O$level" "$compiler" -Doptimization="$level"
    done
    build "$compiler-O3-native" "$compiler" -Doptimization=3 -Dc_args=-march=native
    build "$compiler-O1-sanitized" "$compiler" -Doptimization=1 -Db_sanitize=address,undefined \
        -Db_lundef=false
done
python3 test/house/compilers.py build-compilers
