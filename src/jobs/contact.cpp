#include "jobs/contact.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <set>

#include "base/json_writer.h"
#include "base/text.h"
#include "store/contacts.h"
#include "store/leads.h"

namespace dreams::jobs {
namespace {

using sources::FieldRemark;

/// Whether a source brought the person, and goes on telling who they are.
bool is_a_sources(const Person& person) {
    return person.fub_id || (person.external_source && !person.external_source->empty());
}

// ---- Values, one overload a kind of column; what is wrong, as sources/json_values says it

sources::Measure measure_of(std::string_view column) {
    using sources::Measure;
    if (column.ends_with("_price")) return Measure::dollars;
    if (column == "min_sqft") return Measure::square_feet;
    if (column == "min_acreage") return Measure::acres;
    if (column == "min_baths") return Measure::baths;
    return column == "min_beds" ? Measure::count : Measure::plain;
}

/// Callers send these as numbers too.
bool is_code(std::string_view column) {
    return column == "phone" || column == "external_id";
}

std::string take(std::string_view column, const json::Value& value,
                 std::optional<std::string>& into) {
    return is_code(column) ? sources::read_code(value, into) : sources::read_text(value, into);
}
std::string take(std::string_view column, const json::Value& value,
                 std::optional<std::int64_t>& into) {
    return sources::read_whole(value, into, measure_of(column));
}
std::string take(std::string_view column, const json::Value& value, std::optional<double>& into) {
    return sources::read_number(value, into, measure_of(column));
}
std::string take(std::string_view, const json::Value& value, std::optional<Instant>& into) {
    std::optional<std::string> text;
    auto wrong = sources::read_text(value, text);
    if (wrong.empty() && text && !(into = instant_from(*text)))
        wrong = "is a time as 2026-01-19T16:00:00Z is one";
    return wrong;
}
/// A list, or the text of one: older callers send what they read.
std::string take(std::string_view, const json::Value& value, std::optional<JsonText>& into) {
    std::vector<std::string> items;
    json::Value list = value;
    if (const auto* text = value.if_string(); text && text::trimmed(*text).starts_with('[')) {
        boost::system::error_code no_json;
        list = boost::json::parse(*text, no_json);
        if (no_json) return "is a list of texts";
    }
    if (list.is_null()) return "";
    if (!list.is_array()) return "is a list of texts";
    for (const auto& each : list.get_array()) {
        if (!each.is_string()) return "is a list of texts";
        items.push_back(text::valid_utf8(each.get_string()));
    }
    into = JsonText{text::json_array(items)};
    return "";
}
std::string take(std::string_view, const json::Value& value, std::optional<FubId>& into) {
    std::optional<std::string> text;
    auto wrong = sources::read_code(value, text);
    if (text) into = FubId{*text};
    return wrong;
}

/// Whether `said` is what stands there already, as an answer of the API tells it.
template <class T>
bool is_so(const json::Value& said, const T& value) {
    if (said.is_null()) return true;
    const auto text = json::written(value);
    const auto there = json::parse(text);
    if (said.is_number() && there.is_number())
        return said.template to_number<double>() == there.template to_number<double>();
    return said == there || (said.is_string() && said.get_string() == text);
}

/// One contact on its way: what is known of it, and what is said.
class Saving {
public:
    Saving(Db& db, const json::Object& said) : db_(db), said_(said) {}

    SavedContact save(Instant now) {
        find();
        check_keys();
        read_agents();
        read_person();
        read_computed();
        if (!saved_.refused.empty()) return saved_;
        if (lead_.preferences_said) lead_.lead.preferences.requirements_updated_at = now;
        saved_.id = lead_.lead.id;
        if (lead_.known && is_a_sources(lead_.lead.person))
            store::keep_agents_parts(db_, lead_.lead, now);
        else
            saved_.created = store::keep_own_contact(db_, lead_.lead, now) == Kept::created;
        return saved_;
    }

private:
    struct Target {
        Lead lead;
        bool known = false, preferences_said = false;
    };

    const json::Value* member(std::string_view name) const {
        return said_.if_contains({name.data(), name.size()});
    }
    std::string text(std::string_view name) const {
        const auto* value = member(name);
        std::optional<std::string> text;
        if (value) sources::read_code(*value, text);
        return text.value_or("");
    }
    void refuse(std::string_view field, const std::string& why) {
        saved_.refused.push_back({std::string(field), std::string(field) + " " + why});
    }

    void find() {
        std::optional<LeadId> id;
        for (const auto* name : {"id", "fub_id"})
            if (const auto given = text(name); !id && !given.empty())
                id = store::lead_with_id(db_, given);
        if (const auto external = text("external_id"); !id && !external.empty())
            id = db_.one<LeadId>(R"sql(
                SELECT id FROM leads WHERE external_id = :id AND external_source = :source)sql",
                                 {{"id", external}, {"source", text("external_source")}});
        if (!id) id = of_that_email();
        if (id) {
            lead_ = {.lead = *store::lead(db_, *id), .known = true};
            return;
        }
        lead_.lead.id = new_id();
        lead_.lead.person.stage = "Lead";
        lead_.lead.person.type = "buyer";
    }

    /// An e-mail address is one person's: a second row would split what they do. A new id that is
    /// given with it would be a second name for them.
    std::optional<LeadId> of_that_email() {
        const auto address = text("email");
        if (address.empty()) return std::nullopt;
        const auto found = db_.list<LeadId>(R"sql(
            SELECT id FROM leads l
             WHERE lower(trim(email)) = lower(:email)
               AND NOT EXISTS (SELECT 1 FROM dreams_fub_people p
                                WHERE p.fub_id = l.fub_id AND p.deleted_at IS NOT NULL)
             ORDER BY id LIMIT 6)sql",
                                            {{"email", address}});
        by_email_ = found.size() == 1 && text("id").empty();
        if (by_email_) return found.front();
        if (found.empty()) return std::nullopt;
        std::string ids;
        for (const auto& each : found) ids += (ids.empty() ? "" : ", ") + each.text;
        throw Error(Fault::conflict,
                    "that e-mail address is a contact's already; say which by its id: " + ids);
    }

    /// Numbers are Follow Up Boss' own: who is given one would be taken for that person.
    LeadId new_id() {
        const auto given = text("id");
        if (given.empty()) return {random_id()};
        const bool plain = given.size() <= 64 && given.find_first_not_of(
                                                     "abcdefghijklmnopqrstuvwxyz"
                                                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                     "0123456789-_") == std::string::npos;
        if (!plain || given.find_first_not_of("0123456789") == std::string::npos)
            refuse("id", "of a new contact is letters, digits and dashes, and not a number alone");
        return {given};
    }

    static std::string random_id() {
        std::random_device random;
        const auto part = [&] { return std::uint64_t{random()} << 32 | random(); };
        const auto high = part(), low = part();
        return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}", high >> 32, high >> 16 & 0xFFFF,
                           high & 0xFFF, (low >> 48 & 0x3FFF) | 0x8000, low & 0xFFFFFFFFFFFF);
    }

    void check_keys() {
        const auto names = detail::column_names<Lead>();
        const std::set<std::string_view> known(names.begin(), names.end());
        for (const auto& [name, value] : said_)
            if (!known.contains(std::string_view(name))) saved_.unknown.emplace_back(name);
    }

    template <Record Part>
    void read(Part& part) {
        for_each_column(part, [&](const char* name, auto& value) {
            const auto* given = member(name);
            if (!given) return;
            value.reset();
            if (const auto wrong = take(name, *given, value); !wrong.empty()) refuse(name, wrong);
        });
    }

    void read_agents() {
        auto& lead = lead_.lead;
        const auto before = json::written(lead.preferences);
        read(lead.preferences);
        read(lead.workflow);
        lead_.preferences_said =
            json::written(lead.preferences) != before && !member("requirements_updated_at");
        const auto& confidence = lead.preferences.requirements_confidence;
        if (confidence && *confidence > 1)
            refuse("requirements_confidence", "is a number from 0 to 1");
        const auto* day = member("next_action_date");
        const auto& date = lead.workflow.next_action_date;
        if (day && date && !date_from(*date))
            refuse("next_action_date", "is a day as 2026-01-19 is one, not '" + *date + "'");
    }

    void read_person() {
        auto& person = lead_.lead.person;
        if (lead_.known && is_a_sources(person)) {
            hold_to(person, "belongs to " + person.external_source.value_or("fub") +
                                ", whose sync writes it; change it there");
            return;
        }
        const auto* fub_id = member("fub_id");
        if (fub_id && !fub_id->is_null())
            refuse("fub_id", "is given by the sync of Follow Up Boss, which does not know it yet");
        read(person);
        const auto source = text::lower(person.external_source.value_or(""));
        if (source == "fub" || source == "followupboss")
            refuse("external_source", "is the sync's own word for people of Follow Up Boss");
        if (!lead_.known && !person.first_name && !person.last_name && !person.email &&
            !person.phone)
            refuse("first_name", "or last_name, email or phone is needed: who is it");
    }

    void read_computed() {
        const auto& lead = lead_.lead;
        hold_to(lead.scores, "is computed by the scoring");
        hold_to(lead.activity, "is counted from what the person does");
        hold_to(lead.intent, "is concluded from what the person does");
        hold_to(lead.stamps, "is written when the row is");
    }

    /// These columns are somebody else's: what is said of them must be so already.
    template <Record Part>
    void hold_to(const Part& part, const std::string& why) {
        for_each_column(part, [&](const char* name, const auto& value) {
            const auto* given = member(name);
            const bool found_by = by_email_ && std::string_view(name) == "email";  // case aside
            if (given && !found_by && !is_so(*given, value)) refuse(name, why);
        });
    }

    Db& db_;
    const json::Object& said_;
    Target lead_;
    SavedContact saved_;
    bool by_email_ = false;  ///< the person was found by it
};

}  // namespace

SavedContact save_contact(Db& db, const json::Value& said, Instant now) {
    if (!said.is_object()) throw Error(Fault::invalid, "a contact is a JSON object");
    return Saving(db, said.get_object()).save(now);
}

}  // namespace dreams::jobs
