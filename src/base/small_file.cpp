#include "base/small_file.h"

#include <cerrno>
#include <fstream>

#include "base/unfinished_file.h"

namespace dreams {

void keep_text(const std::string& path, const std::string& text) {
    UnfinishedFile file(path);
    std::ofstream out(file.name(), std::ios::binary);
    out << text;
    out.close();
    if (!out) throw cannot_write(path, errno);
    file.finish();
}

}  // namespace dreams
