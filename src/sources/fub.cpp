#include "sources/fub.h"

#include <algorithm>
#include <atomic>

#include "base/text.h"
#include "sources/fub_read.h"
#include "sources/json_answer.h"

namespace dreams::sources {
namespace {

using fub_read::read_metadata;
using fub_read::rows;

std::string base64(std::string_view bytes) {
    static constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string result;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto byte = [&](std::size_t at) {
            return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0u;
        };
        const unsigned group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
        for (int shift = 18; shift >= 0; shift -= 6) result += letters[group >> shift & 63];
    }
    for (std::size_t missing = (3 - bytes.size() % 3) % 3, i = 0; i < missing; ++i)
        result[result.size() - 1 - i] = '=';
    return result;
}

/// fub-api §15: a context is a path's, `global` everything else.
std::string context_of(std::string_view path) {
    if (path.starts_with("/events")) return "events";
    if (path.starts_with("/notes")) return "notes";
    return "global";
}

std::map<std::string, http::Pace::Limits> expected_limits(bool registered) {
    using namespace std::chrono_literals;
    return {{"global", {registered ? 250 : 125, 10s}},
            {"events", {registered ? 20 : 10, 10s}},
            {"notes", {10, 10s}}};
}

/// FUB's own word for what is wrong: `errorMessage`, in a few answers `error`.
std::string error_message(const http::Answer& answer) {
    return own_word(answer, [](const json::Value& body) {
        const auto message = json::text(body, "errorMessage");
        return message ? message : json::text(body, "error");
    });
}

Error refusal(const http::Answer& answer) {
    const auto said = in_brackets(error_message(answer));
    switch (answer.status) {
        case 401:
            return {Fault::unauthorized,
                    "Follow Up Boss does not accept the API key; check fub.api_key"};
        case 403:
            return {Fault::unauthorized,
                    "Follow Up Boss refuses access: the account has expired, or the key's user may "
                    "not see this" +
                        said};
        case 404:
            return {Fault::not_found, "Follow Up Boss knows no such thing" + said};
        default:
            if (answer.status >= 300 && answer.status < 400)
                return {
                    Fault::unavailable,
                    "Follow Up Boss sent us to a login page instead of an answer; check fub.url"};
            return {Fault::invalid, "Follow Up Boss refused the question with status " +
                                        std::to_string(answer.status) + said};
    }
}

}  // namespace

struct Fub::Impl {
    explicit Impl(Clock& our_clock) : clock(our_clock) {}

    FubSettings settings;
    std::unique_ptr<http::Pace> pace;
    Clock& clock;
    mutable std::atomic<bool> key_refused = false;
    mutable std::atomic<bool> compared = false;
    mutable std::atomic<std::int64_t> seconds_ahead = 0;

    http::Ask question(const std::string& path, const Query& query) const {
        http::Ask ask{.url = settings.url + path};
        char separator = '?';
        for (const auto& [name, value] : query) {
            ask.url += separator + name + "=" + http::url_encoded(value);
            separator = '&';
        }
        ask.headers = {{"Accept", "application/json"},
                       {"Authorization", "Basic " + base64(settings.api_key + ":")}};
        if (!settings.system.empty()) ask.headers.emplace_back("X-System", settings.system);
        if (!settings.system_key.empty())
            ask.headers.emplace_back("X-System-Key", settings.system_key);
        return ask;
    }

    void compare_clocks(const http::Answer& answer) const {
        const auto date = http::header(answer.headers, "Date");
        if (settings.clocks == Clocks::not_compared || !date) return;
        const auto theirs = http::http_date(*date);
        if (!theirs) return;
        seconds_ahead = (clock.now() - *theirs).count();
        compared = true;
    }

    json::Value get(const std::string& path, const Query& query,
                    std::size_t most_bytes = http::Ask{}.most_bytes) const {
        auto ask = question(path, query);
        ask.most_bytes = most_bytes;
        return json_answer(
            "Follow Up Boss",
            [&] {
                auto answer = pace->ask(context_of(path), ask);
                compare_clocks(answer);
                return answer;
            },
            [&](const http::Answer& answer) {
                if (answer.status == 401) key_refused = true;
                return refusal(answer);
            });
    }

    /// A hundred rows, or as few as fit into an answer: there are notes of 50 MB.
    json::Value get_page(const std::string& path, Query query) const {
        constexpr std::size_t most_bytes_of_one = 256u << 20;
        auto& limit = query.emplace_back("limit", "").second;
        for (const auto* rows : {"100", "10"}) {
            limit = rows;
            try {
                return get(path, query);
            } catch (const http::TooLarge&) {
                continue;
            }
        }
        limit = "1";
        return get(path, query, most_bytes_of_one);
    }

    /// Reads one page; a row that `read` refuses is kept as unreadable, the others go on.
    template <class Item, class Read>
    Page<Item> page(const std::string& path, Query query, std::string_view collection,
                    std::string_view singular, Read read) const {
        const auto answer = get_page(path, std::move(query));
        Page<Item> page;
        read_metadata(answer, page);
        for (const auto& row : rows(answer, collection)) {
            ++page.rows;
            const auto id = json::integer(row, "id").value_or(0);
            if (id > 0) {
                page.highest = std::max(page.highest, id);
                page.lowest = page.lowest == 0 ? id : std::min(page.lowest, id);
            }
            try {
                page.items.push_back(read(row));
            } catch (const Error& error) {
                page.unreadable.push_back({std::string(singular) + " " + std::to_string(id),
                                           error.what(), json::serialized(row)});
            }
        }
        return page;
    }

    /// Every item of a list that is read to its end: a page or two.
    template <class Item, class Read>
    std::vector<Item> all(const std::string& path, const Query& query, std::string_view collection,
                          std::string_view singular, Read read) const {
        std::vector<Item> items;
        for (std::string next;;) {
            auto asked = query;
            if (!next.empty()) asked.emplace_back("next", next);
            auto page = this->page<Item>(path, std::move(asked), collection, singular, read);
            std::ranges::move(page.items, std::back_inserter(items));
            if (page.next.empty() || page.next == next || page.rows == 0) return items;
            next = page.next;
        }
    }
};

const json::Array& fub_read::rows(const json::Value& answer, std::string_view collection) {
    if (const auto* object = answer.if_object())
        for (const auto& [key, value] : *object)
            if (value.is_array() && text::same_word(key, collection)) return value.get_array();
    throw Error(Fault::unavailable,
                "Follow Up Boss's answer holds no list of " + std::string(collection));
}

Fub::Fub(FubSettings settings, http::Network network, Clock& clock,
         std::function<void(std::chrono::seconds, std::string_view)> waits)
    : impl_(std::make_shared<Impl>(clock)) {
    while (settings.url.ends_with('/')) settings.url.pop_back();
    const bool registered = !settings.system_key.empty();
    http::Patience patience;
    patience.waits = std::move(waits);
    impl_->settings = std::move(settings);
    impl_->pace = std::make_unique<http::Pace>(std::move(network), clock,
                                               expected_limits(registered), patience);
}

Page<FubPerson> Fub::people(Query query) const {
    query.emplace_back("fields", "allFields");
    query.emplace_back("includeTrash", "true");
    query.emplace_back("includeUnclaimed", "true");
    return impl_->page<FubPerson>("/people", std::move(query), "people", "person",
                                  fub_read::person);
}

std::optional<FubPerson> Fub::person(std::int64_t id) const {
    try {
        return fub_read::person(
            impl_->get("/people/" + std::to_string(id), {{"fields", "allFields"}}));
    } catch (const Error& error) {
        if (error.fault() == Fault::not_found) return std::nullopt;
        throw;
    }
}

std::optional<std::vector<std::int64_t>> Fub::people_ids() const {
    const auto answer = impl_->get("/people", {{"idsOnly", "true"},
                                               {"includeTrash", "true"},
                                               {"includeUnclaimed", "true"},
                                               {"limit", "100"}});
    const auto* ids = json::array(answer, "ids");
    if (!ids) return std::nullopt;  // undocumented, so an account may not know it (fub-api §5.1)
    std::vector<std::int64_t> result;
    for (const auto& id : *ids)
        if (const auto* number = id.if_int64()) result.push_back(*number);
    return result;
}

std::vector<std::int64_t> Fub::people_ids_by_page() const {
    return impl_->all<std::int64_t>(
        "/people", {{"fields", "id"}, {"includeTrash", "true"}, {"includeUnclaimed", "true"}},
        "people", "person", [](const auto& row) {
            const auto id = json::integer(row, "id");
            if (!id) throw Error(Fault::invalid, "a person without an id");
            return *id;
        });
}

Page<FubEvent> Fub::events(Query query) const {
    return impl_->page<FubEvent>(
        "/events", std::move(query), "events", "event",
        [&](const json::Value& row) { return fub_read::event(row, impl_->settings.event_types); });
}

Page<FubCommunication> Fub::calls(Query query) const {
    return impl_->page<FubCommunication>("/calls", std::move(query), "calls", "call",
                                         fub_read::call);
}

Page<FubCommunication> Fub::texts(Query query) const {
    return impl_->page<FubCommunication>("/textMessages", std::move(query), "textMessages", "text",
                                         fub_read::text_message);
}

Page<FubCommunication> Fub::emails(Query query, const FubId& asked_for) const {
    return impl_->page<FubCommunication>(
        "/emails", std::move(query), "emails", "email",
        [&](const json::Value& row) { return fub_read::email(row, asked_for); });
}

std::vector<FubStage> Fub::stages() const {
    return impl_->all<FubStage>("/stages", {}, "stages", "stage", [](const auto& row) {
        return FubStage{json::text(row, "id").value_or(""), json::text(row, "name").value_or(""),
                        json::integer(row, "orderWeight").value_or(0)};
    });
}

std::vector<FubUser> Fub::users() const {
    return impl_->all<FubUser>(
        "/users", {{"includeDeleted", "true"}}, "users", "user", [](const auto& row) {
            return FubUser{json::text(row, "id").value_or(""), json::text(row, "name").value_or(""),
                           json::text(row, "phone").value_or("")};
        });
}

std::string Fub::event_types() const {
    std::string text;
    for (const auto& [theirs, ours] : impl_->settings.event_types)
        text += theirs + "=" + ours + "\n";
    return text;
}

int Fub::requests() const {
    return impl_->pace->requests();
}

std::optional<std::chrono::seconds> Fub::clock_ahead() const {
    if (!impl_->compared) return std::nullopt;
    return std::chrono::seconds{impl_->seconds_ahead};
}

bool Fub::key_refused() const {
    return impl_->key_refused;
}

}  // namespace dreams::sources
