#include "web/api_contacts.h"

#include "base/json_writer.h"
#include "jobs/contact.h"
#include "store/contact_homes.h"
#include "store/contacts.h"
#include "store/leads.h"
#include "store/properties.h"
#include "web/api_write.h"
#include "web/response.h"

namespace dreams::web {
namespace {

constexpr std::size_t most_bytes = 256u << 10, most_bytes_of_bulk = 4u << 20;
constexpr std::size_t most_of_bulk = 1000;
constexpr Range score_range{.fallback = 0, .least = 0, .most = 100};

/// An answer with one member beside `success`.
template <class T>
http::Response success(std::string_view name, const T& value) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true).member(name, value).end_object();
    return json(std::move(body));
}

template <class T>
http::Response success_list(std::string_view name, const std::vector<T>& list) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true);
    writer.member("count", list.size()).member(name, list).end_object();
    return json(std::move(body));
}

LeadId contact_of(Db& db, const Request& request) {
    if (auto id = store::lead_with_id(db, request.segment())) return std::move(*id);
    throw Error(Fault::not_found, "There is no contact " + request.segment());
}

/// Who was saved, as members of an object that is begun.
void write_saved(json::Writer& writer, const jobs::SavedContact& saved) {
    writer.member("id", saved.id).member("created", saved.created);
    writer.member("unknown_keys", saved.unknown);
}

Reply save_one(Db& db, const json::Value& body, Instant now) {
    const auto saved = jobs::save_contact(db, body, now);
    if (!saved.refused.empty()) return {422, refusal_of_fields(saved.refused)};
    Reply reply;
    json::Writer writer(reply.body);
    writer.begin_object().key("success").truth(true).member("message", "Contact saved");
    write_saved(writer, saved);
    writer.end_object();
    return reply;
}

/// Many contacts on their way: how many, and what became of each.
class Contacts {
public:
    explicit Contacts(Instant now) : now_(now) {
        results_.begin_array();
        errors_.begin_array();
    }

    void save(Db& db, std::size_t index, const json::Value& said) {
        try {
            const auto saved = jobs::save_contact(db, said, now_);
            std::string why;
            for (const auto& remark : saved.refused) why += (why.empty() ? "" : "; ") + remark.why;
            if (!why.empty()) return refuse(index, why);
            ++saved_;
            results_.begin_object().member("index", index);
            write_saved(results_, saved);
            results_.end_object();
        } catch (const Error& error) {
            if (error.fault() != Fault::invalid && error.fault() != Fault::conflict) throw;
            refuse(index, error.what());
        }
    }

    std::string answer(const std::vector<std::string>& unknown) {
        std::string body;
        json::Writer writer(body);
        results_.end_array();
        errors_.end_array();
        writer.begin_object().key("success").truth(true);
        writer.member("message", "Saved " + std::to_string(saved_) + " contacts");
        writer.member("success_count", saved_).member("error_count", failed_);
        writer.key("errors").raw(errors_text_).key("results").raw(results_text_);
        writer.member("unknown_keys", unknown).end_object();
        return body;
    }

private:
    void refuse(std::size_t index, const std::string& why) {
        ++failed_;
        errors_.begin_object().member("index", index).member("error", why).end_object();
    }

    Instant now_;
    std::int64_t saved_ = 0, failed_ = 0;
    std::string results_text_, errors_text_;
    json::Writer results_{results_text_}, errors_{errors_text_};
};

Reply save_many(Db& db, const json::Value& body, Instant now) {
    const auto* list = json::array(body, "contacts");
    if (!list) throw Error(Fault::invalid, "'contacts' is a list of contacts");
    if (list->size() > most_of_bulk)
        throw Error(Fault::invalid, "at most a thousand contacts are taken at once");
    Contacts contacts(now);
    for (std::size_t i = 0; i < list->size(); ++i) contacts.save(db, i, (*list)[i]);
    return {.status = 200, .body = contacts.answer(unknown_keys(body, {"contacts"}))};
}

/// What the body says of a person and a home; remarks where it cannot be.
store::ContactHomeWord word_in(const json::Value& body,
                               std::vector<sources::FieldRemark>& refused) {
    store::ContactHomeWord word;
    const auto read = [&](const char* name, auto reader, auto& into) {
        const auto* value = json::member(body, name);
        const auto wrong = value ? reader(*value, into) : std::string();
        if (!wrong.empty()) refused.push_back({name, std::string(name) + " " + wrong});
    };
    std::optional<std::string> relationship;
    read("relationship", sources::read_text, relationship);
    const auto score = [](const json::Value& value, std::optional<double>& into) {
        return sources::read_number(value, into, sources::Measure::plain);
    };
    read("match_score", score, word.match_score);
    read("notes", sources::read_text, word.notes);
    if (relationship) {
        const auto known = from_word<store::Relationship>(*relationship);
        if (known)
            word.relationship = *known;
        else
            refused.push_back({"relationship",
                               "relationship is one of saved, viewed, shared, matched, favorited"});
    }
    if (word.match_score && *word.match_score > 100)
        refused.push_back({"match_score", "match_score is a number from 0 to 100"});
    return word;
}

}  // namespace

http::Response get_contacts(Request& request) {
    store::ContactsAsked asked{.min_priority = request.number("min_priority", score_range),
                               .min_heat = request.number("min_heat", score_range)};
    if (auto stage = request.text("stage"); !stage.empty()) asked.stage = std::move(stage);
    asked.limit = request.number("limit", {.fallback = 100, .least = 1, .most = 10'000});
    return success_list("contacts", store::contacts(request.db(), asked));
}

http::Response get_hot_contacts(Request& request) {
    const store::ContactsAsked asked{
        .min_heat = request.number("min_heat", {.fallback = 50, .least = 0, .most = 100}),
        .first = store::ContactsAsked::First::heat,
        .limit = request.number("limit", {.fallback = 50, .least = 1, .most = 10'000})};
    return success_list("contacts", store::contacts(request.db(), asked));
}

http::Response get_contact_stats(Request& request) {
    return success("stats", store::contact_stats(request.db(), request.now()));
}

http::Response get_contact(Request& request) {
    return success("contact", store::lead(request.db(), contact_of(request.db(), request)));
}

http::Response get_contact_by_fub_id(Request& request) {
    const auto found = request.db().one<Lead>("SELECT * FROM leads WHERE fub_id = :id",
                                              {{"id", request.segment()}});
    if (!found)
        throw Error(Fault::not_found, "There is no contact with FUB id " + request.segment());
    return success("contact", *found);
}

http::Response post_contact(Request& request) {
    return answer_write(request, most_bytes, [&](WritingDesk::Turn& desk, const json::Value& body) {
        return save_one(desk.db(), body, request.now());
    });
}

http::Response post_contacts(Request& request) {
    return answer_write(request, most_bytes_of_bulk,
                        [&](WritingDesk::Turn& desk, const json::Value& body) {
                            return save_many(desk.db(), body, request.now());
                        });
}

http::Response get_contact_properties(Request& request) {
    const auto id = contact_of(request.db(), request);
    return success_list(
        "properties", store::homes_of_contact(
                          request.db(), id, request.word_if<store::Relationship>("relationship")));
}

http::Response post_contact_property(Request& request) {
    return answer_write(request, most_bytes, [&](WritingDesk::Turn& desk, const json::Value& body) {
        Db& db = desk.db();
        const auto contact = contact_of(db, request);
        const PropertyId home{request.segment(1)};
        if (!store::property(db, home))
            throw Error(Fault::not_found, "There is no property " + home.text);
        std::vector<sources::FieldRemark> refused;
        const auto word = word_in(body, refused);
        if (!refused.empty()) return Reply{422, refusal_of_fields(refused)};
        store::keep_contact_home(db, contact, home, word, request.now());
        Reply reply;
        json::Writer writer(reply.body);
        writer.begin_object().key("success").truth(true);
        writer.member("message", "Property linked to contact");
        const auto unknown = unknown_keys(body, {"relationship", "match_score", "notes"});
        writer.member("unknown_keys", unknown).end_object();
        return reply;
    });
}

}  // namespace dreams::web
