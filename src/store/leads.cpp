#include "store/leads.h"

#include "base/text.h"

namespace dreams::store {

std::optional<LeadId> lead_with_id(Db& db, std::string_view id) {
    return db.one<LeadId>(
        "SELECT id FROM leads WHERE id = :id OR fub_id = :id ORDER BY id = :id DESC LIMIT 1",
        {{"id", id}});
}

namespace {

/// People in whose names, e-mails or phones all the words stand, whoever is called first.
std::vector<LeadId> named_alike(Db& db, std::string_view words) {
    std::string pattern = "%";
    for (const auto& word : text::split(text::folded(words), ' ')) pattern += word + "%";
    if (pattern == "%") return {};
    return db.list<LeadId>(R"sql(
        SELECT s.lead_id FROM dreams_lead_search s JOIN leads l ON l.id = s.lead_id
         WHERE s.folded LIKE :pattern ORDER BY l.priority_score DESC, l.id LIMIT 6)sql",
                           {{"pattern", pattern}});
}

/// `1370 (Noor Aziz, noor@x.org, Lead, priority 51); 1724 (…)`: what tells namesakes apart, for a
/// person to give an id.
std::string told_apart(Db& db, const std::vector<LeadId>& people) {
    std::string all;
    for (const auto& id : people) {
        const auto each = lead(db, id);
        if (!each) continue;
        std::string facts(text::trimmed(each->person.first_name.value_or("") + " " +
                                        each->person.last_name.value_or("")));
        if (!facts.empty()) facts += ", ";
        for (const auto* fact : {&each->person.email, &each->person.stage})
            if (*fact && !(*fact)->empty()) facts += **fact + ", ";
        facts += "priority " + std::to_string(each->scores.priority);
        all += (all.empty() ? "" : "; ") + id.text + " (" + facts + ")";
    }
    return all + "; give an id";
}

}  // namespace

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
    if (!found.empty())
        throw Error(Fault::conflict,
                    "several people are called '" + name + "': " + told_apart(db, found));
    const auto alike = named_alike(db, who);
    if (alike.empty())
        throw Error(Fault::not_found, "nobody is called '" + name +
                                          "'; give an id, a FUB id, an e-mail or a full name");
    throw Error(Fault::not_found,
                "nobody is called just '" + name + "'; did you mean " + told_apart(db, alike));
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
        return Columns{Column{"lead_id", &SearchRow::id}, Column{"folded", &SearchRow::folded}};
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
        return Columns{Column{"id", &Row::id}, Part{&Row::person}, Part{&Row::stamps}};
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
