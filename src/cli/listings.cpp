#include "cli/listings.h"

#include "base/error.h"
#include "jobs/sync_listings.h"

namespace dreams::cli {

sources::Reso mls_feed(const config::Settings& settings, Db& db, Clock& clock,
                       jobs::Progress& progress) {
    const sources::ResoSettings reso{.url = settings.text("reso.url"),
                                     .token = settings.text("reso.token"),
                                     .client_id = settings.text("reso.client_id"),
                                     .client_secret = settings.text("reso.client_secret"),
                                     .token_url = settings.text("reso.token_url"),
                                     .system = settings.text("reso.system"),
                                     .service = settings.text("reso.service")};
    if (reso.url.empty())
        throw Error(Fault::invalid,
                    "your MLS's feed is not known: set reso.url in dreams.toml, or "
                    "DREAMS_RESO_URL, to its RESO Web API as https://api.mlsgrid.com/v2");
    return sources::Reso(
        reso, http::network(), clock, jobs::asked_before(db, reso.url, clock.now()),
        [&progress](std::chrono::seconds wait, std::string_view why) {
            progress.note("waiting " + std::to_string(wait.count()) + " s: " + std::string(why));
        });
}

}  // namespace dreams::cli
