#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "sim/town/records.h"
#include "sim/town/table.h"

namespace dreams::sim {

/// How big a town is. The default is the office of the data dictionary.
struct TownSize {
    int people = 430;                   ///< trashed ones included
    std::int64_t events = 5446;         ///< visits, views, favourites, shares; others come on top
    std::int64_t communications = 274;  ///< by hand, of known people; automated ones come on top

    static TownSize of(int people);  ///< the rest in the default's proportion
};

/// What `add_event` needs to know.
struct NewEvent {
    std::int64_t person = 0;
    std::string type = "Viewed Property";
    std::int32_t home = -1;  ///< index into homes(); −1: none
    Instant occurred{};      ///< zero: now
    Instant created{};       ///< zero: now
    std::int64_t source = 1;
    EventMore more{};
};

/// A simulated mountain town and what its real-estate office's CRM holds of it: homes, users,
/// people, what they did and said — and, beside it, what they were really up to.
///
/// Everything follows from (size, seed, as_of): the same three give the same bytes on every
/// machine. Acts may come from any thread; whoever reads while others act holds `hold()`.
class Town {
public:
    Town(TownSize size, std::uint64_t seed, Instant as_of);
    ~Town();
    Town(const Town&) = delete;
    Town& operator=(const Town&) = delete;

    /// Keeps all acts out for as long as it lives. Re-entrant.
    std::unique_lock<std::recursive_mutex> hold() const { return std::unique_lock(mutex_); }

    Instant now() const { return now_; }  ///< as_of, then whatever time was moved to
    TownSize size() const { return size_; }
    std::uint64_t version() const { return version_; }  ///< rises with every change

    const std::vector<Home>& homes() const { return homes_; }
    const std::vector<User>& users() const { return users_; }
    const std::vector<Stage>& stages() const { return stages_; }
    const std::vector<Named>& sources() const { return sources_; }
    const std::vector<Named>& ponds() const { return ponds_; }
    const std::vector<std::string>& event_types() const { return event_types_; }
    const Table<Contact>& people() const { return people_; }
    const Table<Event>& events() const { return events_; }
    const Table<Call>& calls() const { return calls_; }
    const Table<Text>& texts() const { return texts_; }
    const Table<Email>& emails() const { return emails_; }
    const Table<Note>& notes() const { return notes_; }

    const User* user(std::int64_t id) const;
    const Stage* stage(std::string_view name) const;
    std::string stage_name(std::int64_t id) const;   ///< empty: no such stage
    std::string source_name(std::int64_t id) const;  ///< empty: no such source
    EventMore more(const Event& event) const;  ///< its texts; empty ones: FUB sends null or ""

    /// A person's children: indexes into events().rows() and so on, by rising id, gone ones too.
    const std::vector<std::uint32_t>& events_of(std::int64_t person) const;
    const std::vector<std::uint32_t>& calls_of(std::int64_t person) const;
    const std::vector<std::uint32_t>& texts_of(std::int64_t person) const;
    const std::vector<std::uint32_t>& emails_of(std::int64_t person) const;
    const std::vector<std::uint32_t>& notes_of(std::int64_t person) const;

    const Tally& tally(std::int64_t person) const;  ///< true at any moment
    const Truth* truth(std::int64_t person) const;  ///< none for people a test or a POST added
    std::vector<Truth> truths() const;

    // Living on ----------------------------------------------------------------------------

    /// Everyone goes on with their lives until `to`. In one step or in many: the same happens.
    void advance(Instant to);
    /// Time passes and nothing happens.
    void wait_until(Instant to);

    // Acts ---------------------------------------------------------------------------------
    // A record's id is given by the town; zero instants become now(). Throw Error{not_found} for
    // an id that is not there.

    std::int64_t add_person(Contact person);
    /// Changes a person themselves, moves `updated` to `at` (zero: now).
    void edit_person(std::int64_t id, const std::function<void(Contact&)>& change, Instant at = {});
    void set_stage(std::int64_t id, std::string_view stage);
    void trash(std::int64_t id) { set_stage(id, "Trash"); }
    /// Deletes the person and all children.
    void remove_person(std::int64_t id);
    /// Losers' children, addresses and tags go to the winner; losers end in the stage Trash.
    void merge(std::int64_t winner, const std::vector<std::int64_t>& losers);

    std::int64_t add_event(NewEvent event);  ///< `person` may be unknown, or 0
    std::int64_t add_event(std::int64_t person, std::string_view type, std::int32_t home = -1);
    std::int64_t add_call(Call call);
    std::int64_t add_text(Text text);
    std::int64_t add_email(Email email);  ///< with an old `date`: backfilled from a mailbox
    std::int64_t add_note(Note note);
    std::int32_t add_home(Home home);  ///< its index

    /// A later change of a child moves the child's `updated`, nothing else.
    void edit_call(std::int64_t id, const std::function<void(Call&)>& change);
    void edit_text(std::int64_t id, const std::function<void(Text&)>& change);
    void edit_note(std::int64_t id, const std::function<void(Note&)>& change);
    void set_outcome(std::int64_t call, std::string outcome);
    void set_delivery(std::int64_t text, std::string delivery);

    /// Gives a child to another person without moving any `updated`, as a merge does.
    void repoint_event(std::int64_t id, std::int64_t person);
    void repoint_call(std::int64_t id, std::int64_t person);
    void repoint_text(std::int64_t id, std::int64_t person);
    void repoint_email(std::int64_t id, std::int64_t from, std::int64_t person);
    void remove_event(std::int64_t id);
    void remove_call(std::int64_t id);
    void remove_text(std::int64_t id);
    void remove_email(std::int64_t id);

    /// The id of a lead source, made if it is new.
    std::int64_t source_id(std::string_view name);

private:
    friend class Founding;  ///< fills a new town
    friend class Daily;     ///< lets it live on
    struct Plans;           ///< what will happen on the days that have begun
    struct Children {
        std::vector<std::uint32_t> events, calls, texts, emails, notes;
        mutable Tally tally;
        mutable bool tally_true = false;
    };

    std::uint16_t event_type(std::string_view type);
    Instant or_now(Instant when) const { return when == Instant{} ? now_ : when; }
    Contact& person(std::int64_t id);
    const Children& children_of(std::int64_t person) const;
    Children& changed(std::int64_t person);  ///< counts again when next asked
    std::int64_t next_person_id() const;
    Tally count(std::int64_t person, const Children& children) const;
    void adopt(Contact& winner, Contact& loser);
    Truth* truth_of(std::int64_t person);
    void insert(Event event);
    void insert(Call call);
    void insert(Text text);
    void insert(Email email);
    void insert(Note note);

    TownSize size_;
    std::uint64_t seed_ = 0;
    Instant now_;
    std::uint64_t version_ = 1;
    std::uint64_t session_pace_ = 0, exchange_pace_ = 0;  ///< weight per session, per exchange
    int built_homes_ = 0;

    std::vector<Home> homes_;
    std::vector<User> users_;
    std::vector<Stage> stages_;
    std::vector<Named> sources_, ponds_;
    std::vector<std::string> event_types_;
    Table<Contact> people_;
    Table<Event> events_;
    Table<Call> calls_;
    Table<Text> texts_;
    Table<Email> emails_;
    Table<Note> notes_;
    std::unordered_map<std::int64_t, EventMore> more_;
    std::unordered_map<std::int64_t, Children> children_;
    std::vector<Truth> truths_;  ///< by rising person id
    std::unique_ptr<Plans> plans_;
    mutable std::recursive_mutex mutex_;
};

}  // namespace dreams::sim
