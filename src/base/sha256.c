/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dualuc/sha256.h>

#include <nettle/sha2.h>

void dlu_sha256(const void *bytes, size_t n, char hex[65])
{
    static const char digit[] = "0123456789abcdef";
    struct sha256_ctx context;
    unsigned char digest[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    sha256_update(&context, n, bytes);
    sha256_digest(&context, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        hex[2 * i] = digit[digest[i] >> 4];
        hex[2 * i + 1] = digit[digest[i] & 15];
    }
    hex[64] = '\0';
}
