#include "sources/reso.h"

#include <algorithm>

#include "base/internet_address.h"
#include "base/json.h"
#include "base/pace.h"
#include "base/text.h"
#include "base/url.h"
#include "sources/json_answer.h"
#include "sources/reso_host.h"
#include "sources/reso_read.h"
#include "sources/reso_token.h"

namespace dreams::sources {
namespace {

using namespace std::chrono_literals;

/// Names that one question may hold: an address is not to grow beyond a few thousand letters.
constexpr std::size_t names = 40;

/// OData's way of a text in a filter: quotes within it are doubled.
std::string odata_text(std::string_view text) {
    std::string result = "'";
    for (const char c : text) result += c == '\'' ? "''" : std::string(1, c);
    return result + "'";
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string text;
    for (const auto& part : parts) text += (text.empty() ? "" : std::string(between)) + part;
    return text;
}

std::string error_message(const http::Answer& answer) {
    return own_word(answer, [](const json::Value& body) {
        const auto* error = json::member(body, "error");
        return error ? json::text(*error, "message") : std::nullopt;
    });
}

Error refusal(const std::string& who, const http::Answer& answer) {
    const auto said = in_brackets(error_message(answer));
    if (answer.status == 401)
        return {Fault::unauthorized, who + " does not accept the token; check reso.token" + said};
    if (answer.status == 403)
        return {Fault::unauthorized,
                who + " refuses access: the licence or the token may not read this" + said};
    if (answer.status >= 300 && answer.status < 400)
        return {Fault::unavailable,
                who + " sent us elsewhere instead of an answer; check reso.url"};
    return {Fault::invalid,
            who + " refused the question with status " + std::to_string(answer.status) + said};
}

/// What is shown to the service must not be read on the way; on this machine nobody can.
void check_encrypted(const std::string& setting, const http::Url& url) {
    if (url.scheme == "https" || http::is_loopback(url.host)) return;
    throw Error(Fault::invalid, setting + " begins with http://, so the token would go out for " +
                                    "anybody on the way to read; it has to begin with https://");
}

ResoSettings checked(ResoSettings settings) {
    while (settings.url.ends_with('/')) settings.url.pop_back();
    const ResoHost host = reso_host(settings);
    const auto url = http::url_from(settings.url);
    if (!url)
        throw Error(Fault::invalid, "reso.url is '" + settings.url +
                                        "', which is no address as https://api.mlsgrid.com/v2 is");
    if (settings.token.empty() && (settings.client_id.empty() || settings.client_secret.empty() ||
                                   settings.token_url.empty()))
        throw Error(Fault::invalid,
                    "there is nothing to show to " + host.name +
                        ": set reso.token in dreams.toml, or reso.client_id, reso.client_secret "
                        "and reso.token_url");
    check_encrypted("reso.url", *url);
    if (settings.token.empty()) {
        const auto tokens = http::url_from(settings.token_url);
        if (!tokens)
            throw Error(Fault::invalid,
                        "reso.token_url is no address as https://example.com/token is");
        check_encrypted("reso.token_url", *tokens);
    }
    if (host.one_system && text::split(settings.system, ',').empty())
        throw Error(Fault::invalid, host.name +
                                        " answers for one system at a time: set reso.system to "
                                        "its exact name, which stands in your licence");
    return settings;
}

/// Asking again and again after a 429 that names no time would only keep the token suspended.
std::function<bool(const http::Answer&)> refusals_to_stop_at(const ResoHost& host) {
    if (!host.refusal_suspends) return {};
    return [](const http::Answer& answer) {
        return answer.status == 429 && !http::header(answer.headers, "Retry-After");
    };
}

/// How much a question says; a service may know less than the standard asks for.
enum class Form { whole, without_fields, bare };

}  // namespace

struct Reso::Impl {
    Impl(ResoSettings given, http::Network network, Clock& clock, AskedBefore before,
         AskBudget::Waits waits)
        : settings(checked(std::move(given))),
          host(reso_host(settings)),
          budget(host.name, host.limits, std::move(before), clock, waits),
          pace(counted(std::move(network)), clock, {{"feed", {host.a_second, 1s}}},
               {.takes = refusals_to_stop_at(host), .waits = waits}),
          token(settings, host, pace, clock) {
        systems = text::split(settings.system, ',');
        if (systems.empty()) systems.emplace_back();
    }

    http::Network counted(http::Network network) {
        return [this, network = std::move(network)](const http::Ask& ask) {
            budget.sent();
            auto answer = network(ask);
            budget.received(std::ssize(answer.body));
            return answer;
        };
    }

    http::Answer ask(const std::string& address) {
        for (bool again = false;; again = true) {
            budget.wait_for_room();
            http::Ask ask{.url = address, .deadline = 120s};  // a thousand rows take their time
            ask.headers = {{"Accept", "application/json"},
                           // Without it MLS Grid answers 400; said here, whatever the network says.
                           {"Accept-Encoding", "gzip"},
                           {"Authorization", "Bearer " + token.text()},
                           {"OData-Version", "4.0"}};
            auto answer = pace.ask("feed", ask);
            if (answer.status == 429) budget.turned_away(error_message(answer));
            if (answer.status != 401 || again || !token.forget()) return answer;
        }
    }

    json::Value get(const std::string& address) {
        return json_answer(
            host.name, [&] { return ask(address); },
            [&](const http::Answer& answer) { return refusal(host.name, answer); });
    }

    std::string filter(const ResoQuestion& question) const {
        std::vector<std::string> parts;
        if (!question.system.empty())
            parts.push_back("OriginatingSystemName eq " + odata_text(question.system));
        if (question.after) parts.push_back(host.modified + " gt " + to_text(*question.after));
        if (question.rows == ResoQuestion::Rows::shown && host.marks_withdrawn)
            parts.emplace_back("MlgCanView eq true");
        return joined(parts, " and ");
    }

    std::string address(const std::string& wanted, std::int64_t skip, Form how) const {
        std::string query = "?$top=" + std::to_string(host.page);
        const auto add = [&](std::string_view name, const std::string& value) {
            if (!value.empty()) query += "&" + std::string(name) + "=" + http::url_encoded(value);
        };
        add("$filter", wanted);
        if (host.order == ResoHost::Order::asked_for) {
            add("$orderby", host.modified + " asc,ListingKey asc");
            add("$count", "true");
        }
        if (how == Form::whole) add("$select", joined(reso_read::fields(host), ","));
        if (how != Form::bare && host.photos == ResoHost::Photos::linked) add("$expand", "Media");
        if (skip > 0) add("$skip", std::to_string(skip));
        return settings.url + "/Property" + query;
    }

    /// The first question finds out how much of it the service understands.
    json::Value first_answer(const std::string& wanted, std::int64_t skip) {
        if (form) return get(address(wanted, skip, *form));
        std::optional<Error> first;
        for (const auto each : {Form::whole, Form::without_fields, Form::bare}) try {
                auto answer = get(address(wanted, skip, each));
                form = each;
                return answer;
            } catch (const Error& error) {
                if (error.fault() != Fault::invalid) throw;
                if (!first) first = error;
            }
        throw *first;
    }

    ResoPage read(const json::Value& answer, const std::string& system) const;

    ResoSettings settings;
    ResoHost host;
    AskBudget budget;
    http::Pace pace;
    ResoToken token;
    std::vector<std::string> systems;
    std::optional<Form> form;  ///< none: nothing has been understood yet
};

ResoPage Reso::Impl::read(const json::Value& answer, const std::string& system) const {
    const auto* rows = json::array(answer, "value");
    if (!rows) throw Error(Fault::unavailable, host.name + "'s answer holds no list of listings");
    ResoPage page{.rows = std::ssize(*rows),
                  .total = json::integer(answer, "@odata.count"),
                  .next = json::text(answer, "@odata.nextLink").value_or(""),
                  .full = std::ssize(*rows) >= host.page};
    for (const auto& row : *rows) {
        const auto modified = reso_read::instant(row, host.modified);
        if (modified) {
            page.in_order = page.in_order && (!page.latest || *modified >= *page.latest);
            page.earliest = std::min(page.earliest.value_or(*modified), *modified);
            page.latest = std::max(page.latest.value_or(*modified), *modified);
        }
        try {
            page.listings.push_back(reso_read::listing(row, host, system));
        } catch (const Error& error) {
            page.unreadable.push_back({"listing " + reso_read::key(row).value_or("without a key"),
                                       error.what(), reso_read::raw(row, host)});
        }
    }
    return page;
}

Reso::Reso(ResoSettings settings, http::Network network, Clock& clock, AskedBefore before,
           std::function<void(std::chrono::seconds, std::string_view)> waits)
    : impl_(std::make_shared<Impl>(std::move(settings), std::move(network), clock,
                                   std::move(before), std::move(waits))) {}

const std::string& Reso::name() const {
    return impl_->host.name;
}

const std::vector<std::string>& Reso::systems() const {
    return impl_->systems;
}

ResoPage Reso::page(const ResoQuestion& question) const {
    return impl_->read(impl_->first_answer(impl_->filter(question), question.skip),
                       question.system);
}

ResoPage Reso::next(const ResoQuestion& question, const std::string& address) const {
    const auto base = http::url_from(impl_->settings.url + "/Property");
    const auto there = http::resolved(*base, address);
    // Looked at before anything is sent: the token is for the feed's host alone.
    if (!there || there->has_user || there->scheme != base->scheme || there->site() != base->site())
        throw Error(Fault::unavailable, impl_->host.name + "'s answer leads to " +
                                            (there ? there->site() : std::string("no address")) +
                                            " instead of " + base->site() +
                                            "; nothing was sent there");
    return impl_->read(impl_->get(there->text()), question.system);
}

ResoPage Reso::named(const std::string& system, const std::vector<MlsListing>& listings) const {
    std::vector<std::string> parts;
    for (const auto& each : listings)
        parts.push_back(impl_->host.named == ResoHost::Named::by_number
                            ? odata_text(each.number.value_or(each.key))
                            : "ListingKey eq " + odata_text(each.key));
    const std::string wanted = impl_->host.named == ResoHost::Named::by_number
                                   ? "ListingId in (" + joined(parts, ",") + ")"
                                   : "(" + joined(parts, " or ") + ")";
    const auto of_system = impl_->filter({.system = system});
    return impl_->read(
        impl_->first_answer(of_system.empty() ? wanted : of_system + " and " + wanted, 0), system);
}

std::size_t Reso::names_a_question() const {
    return names;
}

std::int64_t Reso::most_skipped() const {
    return impl_->settings.most_skipped;
}

int Reso::requests() const {
    return impl_->pace.requests();
}

}  // namespace dreams::sources
