#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dreams::jobs {

/// Why a person is never on the call list, in one word or two; none: they may be. From what FUB
/// says of them: the stage (Trash, Closed, vendors and the like), a do-not-call tag (JSON array
/// `tags`), numbers that do not work. Their scores are made all the same.
std::optional<std::string> barred_from_calls(std::string_view stage, std::string_view tags,
                                             bool phone_works);

}  // namespace dreams::jobs
