#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "base/error.h"

// What every fuzzed reader shares: bytes as text, a promise that stops the program when it is
// broken, and the one thing that a reader may do instead of an answer.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace dreams::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

inline void promise(bool kept, const char* what) {
    if (kept) return;
    std::fprintf(stderr, "broken promise: %s\n", what);
    std::abort();
}

/// Runs a reader, which may refuse its bytes with a sentence and throw nothing else.
template <typename Read>
int refusing_or(Read&& read) {
    try {
        read();
    } catch (const Error& refused) {
        promise(refused.fault() == Fault::invalid, "a refusal says that the bytes are at fault");
        promise(refused.what()[0] != '\0', "a refusal has a sentence");
    }
    return 0;
}

}  // namespace dreams::fuzz
