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
        return std::tuple{
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

/// Person and home as places in two lists, in one number.
using Pair = std::uint64_t;

class Derivation {
public:
    Derivation(Db& db, Instant now) : db_(db), now_(now), homes_(db) {
        Statement people = db.query("SELECT fub_id, id FROM leads WHERE fub_id IS NOT NULL");
        while (people.step()) {
            people_.emplace(people.text(0), leads_.size());
            leads_.push_back(people.get<LeadId>(1));
        }
    }

    LookedAtCounts run() {
        read_events();
        counts_.pairs = std::ssize(acts_);
        auto rows = rows_there();
        std::vector<LookedAt> fresh, changed;
        for (const auto& [pair, acts] : acts_) {
            const auto there = rows.find(key_of(pair));
            LookedAt row = there == rows.end() ? new_row(pair) : there->second.row;
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
    struct There {
        LookedAt row;
        bool derived = false;  ///< ours, and nobody wrote on it
    };
    using Rows = std::unordered_map<std::string, There>;

    void read_events() {
        Statement events = db_.query(R"sql(
            SELECT contact_id, property_mls, property_address, event_type, occurred_at
              FROM contact_events
             WHERE event_type IN ('property_view', 'property_favorite', 'property_share'))sql");
        std::string who;
        while (events.step()) {
            who = events.text(0);
            const auto person = people_.find(who);
            const auto home = homes_.find(events.text(1), events.text(2));
            if (!home || person == people_.end()) {
                ++counts_.homeless;
                continue;
            }
            acts_[Pair{person->second} << 32 | *home].add(events.get<EventKind>(3),
                                                          events.get<std::optional<Instant>>(4));
        }
    }

    const LeadId& lead_of(Pair pair) const { return leads_[pair >> 32]; }
    const PropertyId& home_of(Pair pair) const { return homes_.id(pair & 0xFFFFFFFF); }
    std::string key_of(Pair pair) const { return lead_of(pair).text + "\n" + home_of(pair).text; }

    Rows rows_there() {
        Rows rows;
        Statement found = db_.query("SELECT * FROM contact_properties");
        const detail::Reader<LookedAt> reader(found);
        const int notes = found.column("notes"), score = found.column("match_score"),
                  with = found.column("shared_with");
        while (found.step()) {
            There there{reader.read(found)};
            const auto& word = there.row.relationship;
            there.derived = there.row.id.starts_with(ours) && found.is_null(notes) &&
                            found.is_null(score) && found.is_null(with) && word != "saved" &&
                            word != "matched";
            auto key = there.row.contact.text + "\n" + there.row.property.text;
            rows.emplace(std::move(key), std::move(there));
        }
        return rows;
    }

    LookedAt new_row(Pair pair) const {
        const auto number = text::hash(key_of(pair));
        return {.id = std::string(ours) + std::to_string(number),
                .contact = lead_of(pair),
                .property = home_of(pair),
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
    HomesOfEvents homes_;
    std::unordered_map<std::string, std::size_t> people_;
    std::vector<LeadId> leads_;
    std::unordered_map<Pair, Acts> acts_;
    LookedAtCounts counts_;
};

}  // namespace

LookedAtCounts keep_contact_properties(Db& db, Instant now) {
    repair_keys(db);
    return Derivation(db, now).run();
}

}  // namespace dreams::store
