#include "sources/reso_host.h"

#include "base/error.h"
#include "base/text.h"
#include "base/url.h"

namespace dreams::sources {
namespace {

using namespace std::chrono_literals;

ResoHost mls_grid() {
    constexpr std::int64_t giga = 1'000'000'000;
    return {.name = "MLS Grid",
            .page = 1000,  // 5,000 are allowed; a page is a commit, and a step back after a failure
            .order = ResoHost::Order::its_own,
            // Their addresses are good for one hour and one look.
            .photos = ResoHost::Photos::not_to_be,
            .named = ResoHost::Named::by_number,
            .own_fields = {"MlgCanView", "MlgCanUse"},
            .marks_withdrawn = true,
            .one_system = true,
            .refusal_suspends = true,
            .prefix = 3,
            // A few less than allowed: repeats after a failure are counted once they are sent.
            .limits = {{1h, 7'150, 4 * giga}, {24h, 39'900}}};
}

ResoHost bridge() {
    return {.name = "Bridge",
            .modified = "BridgeModificationTimestamp",  // later than the standard's
            .page = 200,
            .own_fields = {"BridgeModificationTimestamp", "BathroomsTotalDecimal"}};
}

ResoHost trestle() {
    return {.name = "Trestle", .page = 1000, .scope = "api", .limits = {{1h, 7'150}}};
}

ResoHost host_of_service(const ResoSettings& settings) {
    const auto url = http::url_from(settings.url);
    const std::string host = url ? url->host : "";
    const auto& service = settings.service;
    const auto is = [&](std::string_view name, std::string_view domain) {
        return service.empty() ? host.ends_with(domain) : text::same_word(service, name);
    };
    if (is("mlsgrid", "mlsgrid.com")) return mls_grid();
    if (is("bridge", "bridgedataoutput.com")) return bridge();
    if (is("trestle", "cotality.com") || is("trestle", "corelogic.com")) return trestle();
    if (!service.empty() && !text::same_word(service, "other"))
        throw Error(Fault::invalid,
                    "reso.service is '" + service + "'; it is mlsgrid, bridge, trestle or other");
    return {.name = host.empty() ? "the MLS" : "the MLS's service at " + host};
}

}  // namespace

ResoHost reso_host(const ResoSettings& settings) {
    auto host = host_of_service(settings);
    if (settings.page > 0) host.page = settings.page;
    return host;
}

}  // namespace dreams::sources
