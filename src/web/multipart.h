#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/request.h"

namespace dreams::web {

/// A field of a form, or a file that was chosen in it.
struct FormPart {
    std::string name;
    std::string file_name;     ///< without folders; empty: no file
    std::string_view content;  ///< lies in the request's body
};

/// The parts of a form sent as multipart/form-data (RFC 7578). Throws Error{invalid}: it is none,
/// it is cut off, or it has more parts, or longer headers, than any form of ours.
std::vector<FormPart> form_parts(const Request& request);

/// The first value of that name, valid UTF-8, trimmed; empty: there is none.
std::string value_of(const std::vector<FormPart>& parts, std::string_view name);

}  // namespace dreams::web
