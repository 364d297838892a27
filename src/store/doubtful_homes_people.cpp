#include "store/doubtful_homes_people.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"

namespace dreams::store {
namespace {

using Told = std::optional<std::string>;

/// What a row of contact_properties holds of a person's own doing.
struct Chosen {
    Told relationship, notes, saved_at, shared_at, shared_with;
    static constexpr auto columns() {
        return Columns{Column{"relationship", &Chosen::relationship},
                       Column{"notes", &Chosen::notes}, Column{"saved_at", &Chosen::saved_at},
                       Column{"shared_at", &Chosen::shared_at},
                       Column{"shared_with", &Chosen::shared_with}};
    }
    bool is_choice() const { return relationship == "saved" || relationship == "matched"; }
};

/// What became of a suggestion, in the file's own words.
struct Became {
    Told status, sent_at, response_at, shown_at, lead_feedback, agent_notes;
    static constexpr auto columns() {
        return Columns{Column{"match_status", &Became::status},
                       Column{"sent_at", &Became::sent_at},
                       Column{"response_at", &Became::response_at},
                       Column{"shown_at", &Became::shown_at},
                       Column{"lead_feedback", &Became::lead_feedback},
                       Column{"agent_notes", &Became::agent_notes}};
    }
    bool is_settled() const { return status != "suggested" || sent_at || response_at || shown_at; }
    Told last() const { return std::max({sent_at, response_at, shown_at}); }
};

/// A person's rows for the two homes.
struct Rows {
    std::string gone, kept;
    static constexpr auto columns() {
        return Columns{Column{"gone_row", &Rows::gone}, Column{"kept_row", &Rows::kept}};
    }
};

Told both_notes(const Told& ours, const Told& theirs) {
    if (!ours || !theirs || ours == theirs) return ours ? ours : theirs;
    return *ours + "\n" + *theirs;
}

Told both_lists(const Told& ours, const Told& theirs) {
    if (!ours || !theirs) return ours ? ours : theirs;
    auto all = json::texts(*ours);
    const auto more = json::texts(*theirs);
    if (!all || !more) return ours;
    for (const auto& each : *more)
        if (std::ranges::find(*all, each) == all->end()) all->push_back(each);
    return text::json_array(*all);
}

class Words {
public:
    Words(Db& db, Journal& journal, const JoinedHomes& homes)
        : db_(db), journal_(journal), homes_(homes) {}

    void take_choices() {
        for (const auto& rows : rows_of("contact_properties", "contact_id")) {
            const auto theirs = row<Chosen>("contact_properties", rows.gone),
                       ours = row<Chosen>("contact_properties", rows.kept);
            const auto take = [&](const char* column, const Told& now, const Told& then) {
                set({"contact_properties", rows.kept, column, now, then});
            };
            const bool chose = theirs.is_choice() && !ours.is_choice();
            if (chose) take("relationship", ours.relationship, theirs.relationship);
            if (chose || !ours.saved_at) take("saved_at", ours.saved_at, theirs.saved_at);
            take("shared_at", ours.shared_at, std::max(ours.shared_at, theirs.shared_at));
            take("shared_with", ours.shared_with, both_lists(ours.shared_with, theirs.shared_with));
            take("notes", ours.notes, both_notes(ours.notes, theirs.notes));
        }
    }

    void take_answers() {
        for (const auto& rows : rows_of("matches", "lead_id")) {
            const auto theirs = row<Became>("matches", rows.gone),
                       ours = row<Became>("matches", rows.kept);
            const bool theirs_goes_before =
                theirs.is_settled() && (!ours.is_settled() || theirs.last() > ours.last());
            const auto take = [&](const char* column, const Told& now, const Told& then) {
                set({"matches", rows.kept, column, now, then});
            };
            const auto take_first = [&](const char* column, const Told& now, const Told& then) {
                if (theirs_goes_before || !now) take(column, now, then);
            };
            take_first("match_status", ours.status, theirs.status);
            take_first("sent_at", ours.sent_at, theirs.sent_at);
            take_first("response_at", ours.response_at, theirs.response_at);
            take_first("shown_at", ours.shown_at, theirs.shown_at);
            take("lead_feedback", ours.lead_feedback,
                 both_notes(ours.lead_feedback, theirs.lead_feedback));
            take("agent_notes", ours.agent_notes, both_notes(ours.agent_notes, theirs.agent_notes));
        }
    }

private:
    std::vector<Rows> rows_of(const std::string& table, const std::string& person) {
        return db_.list<Rows>("SELECT a.id AS gone_row, b.id AS kept_row FROM " + table +
                                  " a JOIN " + table + " b ON b." + person + " = a." + person +
                                  " WHERE a.property_id = :gone AND b.property_id = :kept",
                              {{"gone", homes_.gone}, {"kept", homes_.kept}});
    }

    template <Record R>
    R row(const std::string& table, const std::string& id) {
        return db_.value<R>("SELECT * FROM " + table + " WHERE id = :id", {{"id", id}});
    }

    /// What nobody said takes nothing away.
    void set(const JournalEntry& entry) {
        if (entry.new_value && entry.new_value != entry.old_value)
            write_value(db_, journal_, homes_.wrote, entry);
    }

    Db& db_;
    Journal& journal_;
    const JoinedHomes& homes_;
};

}  // namespace

void join_words_of_people(Db& db, Journal& journal, const JoinedHomes& homes) {
    Words words(db, journal, homes);
    words.take_choices();
    words.take_answers();
}

}  // namespace dreams::store
