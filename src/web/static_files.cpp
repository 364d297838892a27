#include "web/static_files.h"

#include "base/assets.h"

namespace dreams::web {

http::Response get_static(Request& request) {
    const auto file = static_file(request.segment());
    if (!file) throw Error(Fault::not_found, "There is no such file.");
    const bool by_version = request.text("v") == file->version();
    http::Response response{
        .headers = {{"Content-Type", std::string(file->content_type)},
                    {"ETag", std::string(file->etag)},
                    {"Cache-Control",
                     by_version ? "public, max-age=31536000, immutable" : "public, no-cache"}}};
    if (http::header(request.headers(), "If-None-Match") == file->etag)
        response.status = 304;
    else
        response.body = file->bytes;
    return response;
}

}  // namespace dreams::web
