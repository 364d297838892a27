#include <algorithm>

#include "base/text.h"
#include "sources/fub_read.h"

namespace dreams::sources::fub_read {
namespace {

std::optional<Instant> instant(const json::Value& row, std::string_view key) {
    const auto text = json::text(row, key);
    return text ? instant_from(*text) : std::nullopt;
}

/// FUB's word for a number or an address that does not work (fub-api §5.2).
bool works(const json::Value& entry) {
    const auto status = json::text(entry, "status").value_or("");
    return status != "Invalid" && status != "Bad";
}

/// The value to use of `emails` or `phones`: one that works before one that does not, the primary
/// one before the rest.
std::optional<std::string> best_value(const json::Value& row, std::string_view key,
                                      bool& found_working) {
    std::optional<std::string> best;
    int best_rank = -1;
    found_working = false;
    const json::Array* entries = json::array(row, key);
    if (!entries) return best;
    for (const auto& entry : *entries) {
        auto value = json::text(entry, "value");
        if (!value) continue;
        const int rank = (works(entry) ? 2 : 0) + (json::truth(entry, "isPrimary") == true ? 1 : 0);
        if (rank <= best_rank) continue;
        best_rank = rank;
        best = std::move(value);
        found_working = rank >= 2;
    }
    return best;
}

/// A list of words as a JSON array; FUB sends strings, in some answers objects with a name.
std::optional<JsonText> words(const json::Value& row, std::string_view key) {
    const json::Array* entries = json::array(row, key);
    if (!entries) return std::nullopt;
    std::vector<std::string> names;
    for (const auto& entry : *entries) {
        if (entry.is_string() && !entry.get_string().empty())
            names.emplace_back(entry.get_string());
        else if (auto name = json::text(entry, "name"))
            names.push_back(std::move(*name));
    }
    return JsonText{text::json_array(names)};
}

void read_names(const json::Value& row, Person& person) {
    person.first_name = json::text(row, "firstName");
    person.last_name = json::text(row, "lastName");
    if (!person.first_name && !person.last_name) person.first_name = json::text(row, "name");
}

std::vector<std::int64_t> ids(const json::Value& row,
                              std::initializer_list<std::string_view> keys) {
    std::vector<std::int64_t> found;
    for (const auto key : keys)
        if (const auto id = json::integer(row, key); id && !std::ranges::count(found, *id))
            found.push_back(*id);
    return found;
}

std::int64_t sum(const json::Value& row, std::string_view a, std::string_view b) {
    return json::integer(row, a).value_or(0) + json::integer(row, b).value_or(0);
}

/// The latest of several instants' texts; equal-length UTC texts compare as they stand.
std::string latest(const json::Value& row, std::initializer_list<std::string_view> keys) {
    std::string best;
    for (const auto key : keys) best = std::max(best, json::text(row, key).value_or(""));
    return best;
}

}  // namespace

FubPerson person(const json::Value& row) {
    const auto id = json::integer(row, "id");
    if (!id || *id <= 0) throw Error(Fault::invalid, "a person without an id");
    FubPerson result{.id = *id};
    Person& person = result.person;
    person.fub_id = FubId{std::to_string(*id)};
    person.external_id = person.fub_id->text;
    person.external_source = "fub";
    read_names(row, person);
    bool email_works = false;
    person.email = best_value(row, "emails", email_works);
    person.phone = best_value(row, "phones", result.phone_works);
    person.stage = json::text(row, "stage");
    person.type = json::text(row, "type");
    person.source = json::text(row, "source");
    person.assigned_agent = json::text(row, "assignedTo");
    person.tags = words(row, "tags");
    person.lead_type_tags = words(row, "leadTypeTags");
    if (!person.lead_type_tags && person.type)
        person.lead_type_tags = JsonText{text::json_array({*person.type})};
    result.created = instant(row, "created");
    result.updated = instant(row, "updated");
    result.last_activity = instant(row, "lastActivity");
    result.last_communication = instant(row, "lastCommunication");
    result.texts = sum(row, "textsReceived", "textsSent");
    result.emails = sum(row, "emailsReceived", "emailsSent");
    result.last_text = latest(row, {"lastText", "lastReceivedText", "lastSentText"});
    result.last_email = latest(row, {"lastEmail", "lastReceivedEmail", "lastSentEmail"});
    result.text_ids = ids(row, {"lastTextId", "lastReceivedTextId", "lastSentTextId"});
    result.email_ids = ids(row, {"lastEmailId", "lastReceivedEmailId", "lastSentEmailId"});
    return result;
}

}  // namespace dreams::sources::fub_read
