#include "web/api_properties.h"

#include <algorithm>

#include "base/json_writer.h"
#include "jobs/capture.h"
#include "model/days_on_market.h"
#include "store/captures.h"
#include "store/contact_homes.h"
#include "store/hidden_homes.h"
#include "store/property_rows.h"
#include "web/api_write.h"
#include "web/response.h"

namespace dreams::web {
namespace {

constexpr std::size_t most_bytes = 512u << 10, most_bytes_of_batch = 4u << 20;
constexpr std::size_t most_of_batch = 1000;

/// What became of a capture, as members of an object that is begun.
void write_captured(json::Writer& writer, const jobs::Captured& captured,
                    const sources::CaptureReading& reading) {
    writer.member("id", captured.id).member("created", captured.created);
    writer.member("updated_at", captured.updated_at).member("sync_status", captured.sync_status);
    writer.key("changes").begin_array();
    for (const auto& change : captured.changes) {
        writer.begin_object().member("change_type", change.type);
        writer.member("old_value", change.old_value).member("new_value", change.new_value);
        writer.member("change_amount", change.amount).end_object();
    }
    writer.end_array().key("doubtful").begin_array();
    for (const auto& doubt : captured.doubts)
        writer.begin_object().member("id", doubt.other).member("why", doubt.why).end_object();
    writer.end_array().member("ignored", reading.ignored);
    writer.member("unknown_keys", reading.unknown);
}

Reply keep_one(WritingDesk::Turn& desk, const json::Value& body, Instant now) {
    const auto reading = sources::read_capture(body);
    if (!reading.refused.empty())
        return {reading.capture.said.listing.address ? 422 : 400,
                refusal_of_fields(reading.refused)};
    const auto captured = jobs::CaptureKeeper(desk.db(), desk.keys()).keep(reading.capture, now);
    Reply reply{.status = captured.created ? 201 : 200};
    json::Writer writer(reply.body);
    writer.begin_object().key("success").truth(true).key("data").begin_object();
    write_captured(writer, captured, reading);
    writer.end_object().end_object();
    return reply;
}

/// A batch on its way: how many, and what became of each.
class Batch {
public:
    Batch(WritingDesk::Turn& desk, Instant now) : now_(now), keeper_(desk.db(), desk.keys()) {
        results_.begin_array();
        errors_.begin_array();
    }

    void keep(std::size_t index, const json::Value& body) {
        try {
            const auto reading = sources::read_capture(body);
            if (reading.refused.empty())
                kept(index, keeper_.keep(reading.capture, now_), reading);
            else
                refused(index, reading.refused);
        } catch (const Error& error) {
            if (error.fault() != Fault::invalid) throw;
            refused(index, std::vector{sources::FieldRemark{"", error.what()}});
        }
    }

    std::string answer(const std::vector<std::string>& unknown) {
        std::string body;
        json::Writer writer(body);
        results_.end_array();
        errors_.end_array();
        writer.begin_object().key("success").truth(failed_ == 0).key("data").begin_object();
        writer.member("created", created_).member("updated", updated_).member("failed", failed_);
        writer.key("errors").raw(errors_text_).key("results").raw(results_text_);
        writer.member("unknown_keys", unknown).end_object().end_object();
        return body;
    }

private:
    void kept(std::size_t index, const jobs::Captured& captured,
              const sources::CaptureReading& reading) {
        ++(captured.created ? created_ : updated_);
        results_.begin_object().member("index", index);
        write_captured(results_, captured, reading);
        results_.end_object();
    }
    void refused(std::size_t index, const std::vector<sources::FieldRemark>& why) {
        ++failed_;
        std::string sentence;
        for (const auto& each : why) sentence += (sentence.empty() ? "" : "; ") + each.why;
        errors_.begin_object().member("index", index).member("error", sentence);
        errors_.member("fields", why).end_object();
    }

    Instant now_;
    jobs::CaptureKeeper keeper_;
    std::int64_t created_ = 0, updated_ = 0, failed_ = 0;
    std::string results_text_, errors_text_;
    json::Writer results_{results_text_}, errors_{errors_text_};
};

Reply keep_many(WritingDesk::Turn& desk, const json::Value& body, Instant now) {
    const auto* list = json::array(body, "properties");
    if (!list) throw Error(Fault::invalid, "'properties' is a list of captures");
    if (list->size() > most_of_batch)
        throw Error(Fault::invalid, "a batch has at most a thousand properties");
    Batch batch(desk, now);
    for (std::size_t i = 0; i < list->size(); ++i) batch.keep(i, (*list)[i]);
    return {.status = 200, .body = batch.answer(unknown_keys(body, {"properties"}))};
}

/// The home that the path names. Throws Error{not_found}: it is not there, or may not be shown.
PropertyId home_of(Request& request) {
    const PropertyId id{request.segment()};
    if (!store::property(request.db(), id))
        throw Error(Fault::not_found, "There is no property " + id.text);
    if (const auto why = store::hidden_because(request.db(), id))
        throw Error(Fault::not_found, "Property " + id.text + " may not be shown: " + *why);
    return id;
}

std::optional<std::string> asked(const Request& request, std::string_view name) {
    auto text = request.text(name);
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

}  // namespace

http::Response post_property(Request& request) {
    return answer_write(request, most_bytes, [&](WritingDesk::Turn& desk, const json::Value& body) {
        return keep_one(desk, body, request.now());
    });
}

http::Response post_properties(Request& request) {
    return answer_write(request, most_bytes_of_batch,
                        [&](WritingDesk::Turn& desk, const json::Value& body) {
                            return keep_many(desk, body, request.now());
                        });
}

http::Response get_property_rows(Request& request) {
    constexpr std::int64_t any_price = 1'000'000'000'000;
    store::PropertyRowsAsked rows_asked{.status = request.text("status")};
    if (rows_asked.status.empty()) rows_asked.status = "active";
    if (rows_asked.status == "any") rows_asked.status.clear();
    rows_asked.city = asked(request, "city");
    rows_asked.min_price =
        request.number("min_price", {.fallback = 0, .least = 0, .most = any_price});
    rows_asked.max_price =
        request.number("max_price", {.fallback = any_price, .least = 0, .most = any_price});
    rows_asked.limit = request.number("limit", {.fallback = 100, .least = 1, .most = 10'000});
    auto rows = store::property_rows(request.db(), rows_asked);
    for (auto& row : rows) count_days_on_market(row.listing, request.today());
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true).member("data", rows);
    writer.member("count", rows.size()).end_object();
    return json(std::move(body));
}

http::Response get_property_row(Request& request) {
    auto home = *store::property(request.db(), home_of(request));
    count_days_on_market(home.listing, request.today());
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true).member("data", home).end_object();
    return json(std::move(body));
}

http::Response get_property_check(Request& request) {
    const store::HomeQuestion question{.redfin_id = asked(request, "redfin_id"),
                                       .zillow_id = asked(request, "zillow_id"),
                                       .realtor_id = asked(request, "realtor_id"),
                                       .mls_number = asked(request, "mls"),
                                       .address = asked(request, "address"),
                                       .city = asked(request, "city")};
    const auto found = store::home_asked_for(request.db(), question);
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true);
    writer.member("exists", found.has_value()).member("id", found).end_object();
    return json(std::move(body));
}

http::Response get_property_contacts(Request& request) {
    const auto home = home_of(request);
    const auto people = store::contacts_of_home(
        request.db(), home, request.word_if<store::Relationship>("relationship"));
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true);
    writer.member("count", people.size()).member("contacts", people).end_object();
    return json(std::move(body));
}

}  // namespace dreams::web
