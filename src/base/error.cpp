#include "base/error.h"

#include <filesystem>
#include <new>

namespace dreams {

std::string sentence_of(const std::exception& ended_by) {
    if (dynamic_cast<const Error*>(&ended_by)) return ended_by.what();
    if (dynamic_cast<const std::bad_alloc*>(&ended_by))
        return "there is not enough memory for this";
    const auto* disk = dynamic_cast<const std::filesystem::filesystem_error*>(&ended_by);
    if (disk && !disk->path1().empty())
        return disk->path1().string() + " cannot be reached: " + disk->code().message();
    return std::string("something went wrong here: ") + ended_by.what();
}

}  // namespace dreams
