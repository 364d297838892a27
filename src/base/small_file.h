#pragma once

#include <string>

namespace dreams {

/// Makes the file `path`, for its owner's eyes, hold `text`: the whole of it or, as before, what it
/// held. Throws Error{unavailable}: it cannot be written.
void keep_text(const std::string& path, const std::string& text);

}  // namespace dreams
