#include "cli/fub.h"

#include "base/error.h"

namespace dreams::cli {

sources::Fub fub_account(const config::Settings& settings, Clock& clock, jobs::Progress& progress) {
    sources::FubSettings fub{.url = settings.text("fub.url"),
                             .api_key = settings.text("fub.api_key"),
                             .system = settings.text("fub.system"),
                             .system_key = settings.text("fub.system_key"),
                             .event_types = settings.words("fub.event_types"),
                             .clocks = settings.instant("now") ? sources::Clocks::not_compared
                                                               : sources::Clocks::compared};
    if (fub.api_key.empty())
        throw Error(Fault::invalid,
                    "there is no key for Follow Up Boss: set fub.api_key in dreams.toml, or "
                    "DREAMS_FUB_API_KEY");
    if (http::host_of(fub.url).empty())
        throw Error(Fault::invalid, "fub.url is '" + fub.url +
                                        "', which is no address as "
                                        "https://api.followupboss.com/v1 is");
    return sources::Fub(
        std::move(fub), http::network(), clock,
        [&progress](std::chrono::seconds wait, std::string_view why) {
            progress.note("waiting " + std::to_string(wait.count()) + " s: " + std::string(why));
        });
}

}  // namespace dreams::cli
