#include "web/brief.h"

#include "base/json_writer.h"
#include "delivery/brief.h"
#include "jobs/brief.h"
#include "web/response.h"

namespace dreams::web {

http::Response get_brief(Request& request) {
    const auto brief =
        jobs::gather_brief(request.db(), request.zone(), request.now(),
                           request.wants_json() ? request.options().alarm(request.db())
                                                : std::nullopt);  // the page shows it above
    if (!request.wants_json()) {
        const delivery::Reading reading{request.zone(), request.now(), ""};
        return page(request, Tab::brief, "Today", delivery::brief_content(brief, reading));
    }
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true).member("brief", brief).end_object();
    return json(std::move(body));
}

}  // namespace dreams::web
