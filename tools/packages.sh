# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced: the Debian 12 packages of the project, and how they are installed.

# What the program is built from.
BUILD_PACKAGES="build-essential meson ninja-build pkg-config libgsl-dev libxlsxwriter-dev
    libzip-dev libexpat1-dev libjansson-dev libinih-dev libunistring-dev nettle-dev
    libsqlite3-dev librsvg2-dev libcairo2-dev
    libfontconfig-dev libpng-dev fonts-liberation"

# What the tests need besides.
TEST_PACKAGES="libcmocka-dev libfreexl-dev python3 python3-openpyxl man-db libreoffice-calc-nogui
    libxml2-utils poppler-utils python3-pil snakemake chromium mandoc"

# Node.js and npm drive the browser; where they are there from elsewhere, those do.
command -v npm >/dev/null 2>&1 || TEST_PACKAGES="$TEST_PACKAGES nodejs npm"

# What tools/picture.sh needs besides.
PICTURE_PACKAGES="libreoffice-calc-nogui fonts-liberation poppler-utils"

is_installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        echo "installing packages needs root or sudo; please install: $missing" >&2
        exit 1
    fi
}

# Installs those of the named packages that are missing.
need_packages() {
    command -v dpkg-query >/dev/null 2>&1 || return 0 # another system: meson names what it misses
    missing=
    for package in "$@"; do
        is_installed "$package" || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    echo "Installing:$missing"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        $missing >/dev/null
}

# Sets up a build folder once; later calls keep it. Usage: configure FOLDER MESON-OPTIONS...
configure() {
    folder=$1
    shift
    if [ -f "$folder/build.ninja" ]; then
        meson configure "$folder" "$@"
    else
        meson setup "$folder" "$@" >/dev/null || {
            tail -n 40 "$folder/meson-logs/meson-log.txt" >&2
            exit 1
        }
    fi
}
