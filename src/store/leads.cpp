#include "store/leads.h"

#include "base/text.h"

namespace dreams::store {

std::optional<LeadId> lead_with_id(Db& db, std::string_view id) {
    return db.one<LeadId>(
        "SELECT id FROM leads WHERE id = :id OR fub_id = :id ORDER BY id = :id DESC LIMIT 1",
        {{"id", id}});
}

LeadId find_lead(Db& db, std::string_view who) {
    if (const auto exact = lead_with_id(db, who)) return *exact;
    const auto found = db.list<LeadId>(R"sql(
        SELECT id FROM leads
         WHERE lower(email) = lower(:who)
            OR lower(trim(coalesce(first_name, '') || ' ' || coalesce(last_name, ''))) = lower(:who)
         ORDER BY id LIMIT 6)sql",
                                       {{"who", text::trimmed(who)}});
    if (found.size() == 1) return found.front();
    const std::string name(who);
    if (found.empty())
        throw Error(Fault::not_found, "nobody is called '" + name +
                                          "'; give an id, a FUB id, an e-mail or a full name");
    std::string ids;
    for (const auto& id : found) ids += (ids.empty() ? "" : ", ") + id.text;
    throw Error(Fault::conflict,
                "several people are called '" + name + "': " + ids + "; give an id");
}

std::optional<Lead> lead(Db& db, const LeadId& id) {
    return db.one<Lead>("SELECT * FROM leads WHERE id = :id", {{"id", id}});
}

std::string search_text(const Person& person) {
    std::string joined;
    for (const auto* part : {&person.first_name, &person.last_name, &person.email, &person.phone})
        if (*part) joined += (joined.empty() ? "" : " ") + **part;
    // A phone is searched by its digits too, however it is written.
    std::string digits;
    for (const char c : person.phone.value_or(""))
        if (c >= '0' && c <= '9') digits += c;
    if (digits != person.phone.value_or("")) joined += " " + digits;
    return text::folded(joined);
}

namespace {
struct SearchRow {
    LeadId id;
    std::string folded;
    static constexpr auto columns() {
        return std::tuple{Column{"lead_id", &SearchRow::id}, Column{"folded", &SearchRow::folded}};
    }
};
const Keep search_keep{.table = "dreams_lead_search", .key = "lead_id"};
}  // namespace

void keep_search(Db& db, const LeadId& id, const Person& person) {
    Keeper<SearchRow>(db, search_keep).keep({id, search_text(person)});
}

std::int64_t repair_search(Db& db) {
    Statement people = db.prepare(R"sql(
        SELECT l.id, l.first_name, l.last_name, l.email, l.phone, s.folded
          FROM leads l LEFT JOIN dreams_lead_search s ON s.lead_id = l.id)sql");
    std::vector<SearchRow> wrong;
    while (people.step()) {
        Person person;
        person.first_name = people.get<std::optional<std::string>>(1);
        person.last_name = people.get<std::optional<std::string>>(2);
        person.email = people.get<std::optional<std::string>>(3);
        person.phone = people.get<std::optional<std::string>>(4);
        std::string folded = search_text(person);
        if (people.is_null(5) || people.text(5) != folded)
            wrong.push_back({people.get<LeadId>(0), std::move(folded)});
    }
    Keeper<SearchRow> keeper(db, search_keep);
    for (const auto& row : wrong) keeper.keep(row);
    return static_cast<std::int64_t>(wrong.size());
}

// ---- What a source says of people

struct PeopleKeeper::Row {
    LeadId id;
    Person person;
    Stamps stamps;
    static constexpr auto columns() {
        return std::tuple{Column{"id", &Row::id}, Part{&Row::person}, Part{&Row::stamps}};
    }
};

PeopleKeeper::PeopleKeeper(Db& db) : db_(db) {
    Statement all = db.prepare("SELECT fub_id, id FROM leads WHERE fub_id IS NOT NULL");
    while (all.step()) known_.emplace(all.get<FubId>(0), all.get<LeadId>(1));
}

std::optional<LeadId> PeopleKeeper::find(const FubId& id) const {
    const auto found = known_.find(id);
    return found == known_.end() ? std::nullopt : std::optional(found->second);
}

LeadId PeopleKeeper::id_for(const FubId& id, const Person& person) {
    if (const auto known = find(id)) return *known;
    const auto older = db_.one<LeadId>(R"sql(
        SELECT id FROM leads
         WHERE (external_id = :external AND external_source IN ('fub', 'followupboss')) OR id = :external
         LIMIT 1)sql",
                                       {{"external", person.external_id}});
    return older ? *older : LeadId{id.text};
}

Kept PeopleKeeper::keep(const FubId& id, const Person& person, std::optional<Instant> created,
                        Instant now) {
    // external_id and its source stay as an older program wrote them: it finds its rows by them.
    static const Keep how{.table = "leads",
                          .key = "id",
                          .once = {"external_id", "external_source", "created_at"},
                          .touch = {"updated_at", "last_synced_at"}};
    const Row row{id_for(id, person), person, {created ? created : now, now, now}};
    const Kept kept = Keeper<Row>(db_, how).keep(row);
    known_.insert_or_assign(id, row.id);
    if (kept != Kept::unchanged) keep_search(db_, row.id, person);
    return kept;
}

}  // namespace dreams::store
