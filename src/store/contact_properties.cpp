#include "store/contact_properties.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "model/contact_event.h"
#include "store/contact_properties_homes.h"
#include "store/property_identity.h"

namespace dreams::store {
namespace {

/// The columns of a row that follow from events; the others are not ours to write.
struct LookedAt {
    std::string id;
    LeadId contact;
    PropertyId property;
    std::optional<std::string> relationship;
    std::int64_t view_count = 0;
    /// As texts, so that what another program wrote otherwise stays as it is.
    std::optional<std::string> first_viewed_at, last_viewed_at, saved_at, shared_at;
    std::optional<Instant> created_at, updated_at;

    static constexpr auto columns() {
        return Columns{
            Column{"id", &LookedAt::id},
            Column{"contact_id", &LookedAt::contact},
            Column{"property_id", &LookedAt::property},
            Column{"relationship", &LookedAt::relationship},
            Column{"view_count", &LookedAt::view_count},
            Column{"first_viewed_at", &LookedAt::first_viewed_at},
            Column{"last_viewed_at", &LookedAt::last_viewed_at},
            Column{"saved_at", &LookedAt::saved_at},
            Column{"shared_at", &LookedAt::shared_at},
            Column{"created_at", &LookedAt::created_at},
            Column{"updated_at", &LookedAt::updated_at},
        };
    }
};

constexpr std::string_view ours = "looked_";  // what ids of rows begin with that we made

/// What one person did with one home.
struct Acts {
    std::int64_t views = 0;
    bool favorited = false, shared = false;
    std::optional<Instant> first_view, last_view, first_favorite, last_share;

    void add(EventKind kind, std::optional<Instant> at) {
        if (kind == EventKind::property_view) {
            ++views;
            keep_least(first_view, at);
            keep_greatest(last_view, at);
        } else if (kind == EventKind::property_favorite) {
            favorited = true;
            keep_least(first_favorite, at);
        } else if (kind == EventKind::property_share) {
            shared = true;
            keep_greatest(last_share, at);
        }
    }
    std::string_view relationship() const {
        return favorited ? "favorited" : shared ? "shared" : "viewed";
    }

private:
    static void keep_least(std::optional<Instant>& kept, std::optional<Instant> at) {
        if (at && (!kept || *at < *kept)) kept = at;
    }
    static void keep_greatest(std::optional<Instant>& kept, std::optional<Instant> at) {
        if (at && (!kept || *at > *kept)) kept = at;
    }
};

std::string key_of(const LeadId& lead, const PropertyId& home) {
    return lead.text + "\n" + home.text;
}

class Derivation {
public:
    /// `due`: only the homes of people who are due.
    Derivation(Db& db, Instant now, bool due) : db_(db), now_(now), due_(due), homes_(db) {}

    LookedAtCounts run() {
        read_people();
        read_events();
        auto rows = rows_there();
        std::vector<LookedAt> fresh, changed;
        for (const auto& [fub_id, person] : people_)
            for (const auto& [home, acts] : person.homes) {
                ++counts_.pairs;
                const auto there = rows.find(key_of(person.id, *home));
                LookedAt row =
                    there == rows.end() ? new_row(person.id, *home) : std::move(there->second.row);
                const bool differs = apply(acts, row);
                if (there == rows.end())
                    fresh.push_back(std::move(row));
                else if (differs)
                    changed.push_back(std::move(row));
                else
                    ++counts_.unchanged;
                if (there != rows.end()) rows.erase(there);
            }
        write(fresh, changed);
        for (const auto& [key, there] : rows)
            if (there.derived) remove(there.row.id);
        return counts_;
    }

private:
    struct LooksAt {
        LeadId id;
        std::unordered_map<const PropertyId*, Acts> homes;
    };
    struct There {
        LookedAt row;
        bool derived = false;  ///< ours, and nobody wrote on it
    };
    using Rows = std::unordered_map<std::string, There>;

    void read_people() {
        Statement people = db_.query(due_ ? R"sql(
            SELECT l.fub_id, l.id FROM dreams_looked_at d JOIN leads l ON l.fub_id = d.id
             WHERE d.kind = 'person')sql"
                                          : R"sql(
            SELECT fub_id, id FROM leads WHERE fub_id IS NOT NULL)sql");
        while (people.step()) people_.emplace(people.text(0), LooksAt{people.get<LeadId>(1), {}});
    }

    void read_events() {
        Statement events = db_.query(due_ ? R"sql(
            SELECT e.contact_id, e.property_mls, e.property_address, e.event_type, e.occurred_at
              FROM dreams_looked_at d JOIN contact_events e ON e.contact_id = d.id
             WHERE d.kind = 'person'
               AND e.event_type IN ('property_view', 'property_favorite', 'property_share'))sql"
                                          : R"sql(
            SELECT contact_id, property_mls, property_address, event_type, occurred_at
              FROM contact_events
             WHERE event_type IN ('property_view', 'property_favorite', 'property_share'))sql");
        std::string who;
        while (events.step()) {
            const auto person = people_.find(who.assign(events.text(0)));
            const auto* home = homes_.find(events.text(1), events.text(2));
            if (!home || person == people_.end()) {
                ++counts_.homeless;
                continue;
            }
            person->second.homes[home].add(events.get<EventKind>(3),
                                           events.get<std::optional<Instant>>(4));
        }
    }

    Rows rows_there() {
        Rows rows;
        Statement found = db_.query(due_ ? R"sql(
            SELECT c.* FROM dreams_looked_at d JOIN leads l ON l.fub_id = d.id
              JOIN contact_properties c ON c.contact_id = l.id WHERE d.kind = 'person')sql"
                                         : "SELECT * FROM contact_properties");
        const detail::Reader<LookedAt> reader(found);
        const int notes = found.column("notes"), score = found.column("match_score"),
                  with = found.column("shared_with");
        while (found.step()) {
            There there{reader.read(found)};
            const auto& word = there.row.relationship;
            there.derived = there.row.id.starts_with(ours) && found.is_null(notes) &&
                            found.is_null(score) && found.is_null(with) && word != "saved" &&
                            word != "matched";
            auto key = key_of(there.row.contact, there.row.property);
            rows.emplace(std::move(key), std::move(there));
        }
        return rows;
    }

    LookedAt new_row(const LeadId& person, const PropertyId& home) const {
        return {.id = std::string(ours) + std::to_string(text::hash(key_of(person, home))),
                .contact = person,
                .property = home,
                .relationship = "viewed",
                .created_at = now_};
    }

    /// What events say of the pair, on its row; whether that is anything new.
    bool apply(const Acts& acts, LookedAt& row) const {
        bool differs = false;
        const auto set = [&](auto& value, const auto& said) {
            if (value == said) return;
            value = said;
            differs = true;
        };
        const auto set_if_said = [&](auto& value, const std::optional<Instant>& said) {
            if (said) set(value, to_text(*said));
        };
        const bool chosen = row.relationship == "saved" || row.relationship == "matched";
        if (!chosen) set(row.relationship, std::optional(std::string(acts.relationship())));
        if (acts.views > 0 || row.id.starts_with(ours)) set(row.view_count, acts.views);
        set_if_said(row.first_viewed_at, acts.first_view);
        set_if_said(row.last_viewed_at, acts.last_view);
        if (!chosen) set_if_said(row.saved_at, acts.first_favorite);
        set_if_said(row.shared_at, acts.last_share);
        return differs;
    }

    void write(std::vector<LookedAt>& fresh, std::vector<LookedAt>& changed) {
        std::ranges::sort(fresh, {}, &LookedAt::id);  // so that the file grows in one order
        for (auto* rows : {&fresh, &changed})
            for (auto& row : *rows) row.updated_at = now_;
        static const Keep how{.table = "contact_properties",
                              .key = "id",
                              .once = {"created_at"},
                              .touch = {"updated_at"}};
        Keeper<LookedAt> keeper(db_, how);
        for (const auto& row : fresh) counts_.created += keeper.keep(row) == Kept::created;
        for (const auto& row : changed) counts_.updated += keeper.keep(row) == Kept::updated;
    }

    void remove(const std::string& id) {
        counts_.removed += db_.run("DELETE FROM contact_properties WHERE id = :id", {{"id", id}});
    }

    Db& db_;
    Instant now_;
    bool due_;
    HomesOfEvents homes_;
    std::unordered_map<std::string, LooksAt> people_;  ///< by FUB's number
    LookedAtCounts counts_;
};

/// What has happened since contact_properties was last derived.
enum class Due { nothing, some_people, everything };

/// Events are never fewer than before, and each new one is told of by who brings it: where the
/// numbers do not add up, another program wrote or removed some.
Due what_is_due(Db& db, std::int64_t events) {
    const auto told =
        db.one<std::int64_t>("SELECT events FROM dreams_looked_at WHERE kind = 'told'");
    const auto homes = db.one<int>("SELECT 1 FROM dreams_looked_at WHERE kind = 'homes'");
    const auto news = db.value<std::optional<std::int64_t>>(
        "SELECT sum(events) FROM dreams_looked_at WHERE kind = 'person'");
    if (!told || homes || *told + news.value_or(0) != events) return Due::everything;
    return news ? Due::some_people : Due::nothing;
}

}  // namespace

void events_to_look_at(Db& db, const FubId& person, std::int64_t events) {
    db.run(R"sql(
        INSERT INTO dreams_looked_at (kind, id, events) VALUES ('person', :person, :events)
        ON CONFLICT (kind, id) DO UPDATE
           SET events = dreams_looked_at.events + excluded.events)sql",
           {{"person", person}, {"events", events}});
}

void homes_to_look_at(Db& db) {
    db.run("INSERT INTO dreams_looked_at (kind, id) VALUES ('homes', '') ON CONFLICT DO NOTHING");
}

std::int64_t people_who_look_at(Db& db, const PropertyId& home) {
    return db.value<std::int64_t>(
        "SELECT count(*) FROM contact_properties WHERE property_id = :home", {{"home", home}});
}

LookedAtCounts keep_contact_properties(Db& db, Instant now) {
    repair_keys(db);
    const auto events = db.value<std::int64_t>("SELECT count(*) FROM contact_events");
    const Due due = what_is_due(db, events);
    if (due == Due::nothing) return {};
    const auto counts = Derivation(db, now, due == Due::some_people).run();
    db.run("DELETE FROM dreams_looked_at");
    db.run("INSERT INTO dreams_looked_at (kind, id, events) VALUES ('told', '', :events)",
           {{"events", events}});
    return counts;
}

}  // namespace dreams::store
