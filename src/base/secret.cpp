#include "base/secret.h"

namespace dreams {

bool same_secret(std::string_view given, std::string_view secret) {
    if (secret.empty()) return false;
    // Goes over as many bytes as the caller gave, so that not even the secret's length is told.
    volatile unsigned difference = given.size() == secret.size() ? 0 : 1;
    for (std::size_t i = 0; i < given.size(); ++i)
        difference = difference | static_cast<unsigned char>(given[i] ^ secret[i % secret.size()]);
    return difference == 0;
}

}  // namespace dreams
