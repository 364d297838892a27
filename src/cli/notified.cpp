#include "cli/notified.h"

#include "base/serve.h"

namespace dreams::cli {

void write_members(json::Writer& json, const jobs::Notified& notified) {
    json.member("took", notified.took).key("not_taken").begin_array();
    for (const auto& each : notified.not_taken)
        json.begin_object()
            .member("channel", each.channel)
            .member("fault", http::code_of(each.fault))
            .member("sentence", each.sentence)
            .end_object();
    json.end_array();
}

}  // namespace dreams::cli
