#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/http.h"
#include "base/pace.h"
#include "base/time.h"
#include "model/contact_communication.h"
#include "model/contact_event.h"
#include "model/lead.h"
#include "model/lead_activity.h"
#include "model/sync_run.h"
#include "sources/unreadable.h"

namespace dreams::sources {

/// Whether our clock is held against FUB's: not where ours was set by hand.
enum class Clocks { not_compared, compared };

/// Where the account is and how to show who we are. From the settings `fub.*`.
struct FubSettings {
    std::string url = "https://api.followupboss.com/v1";
    std::string api_key;
    std::string system;      ///< X-System; empty: none is sent
    std::string system_key;  ///< X-System-Key
    /// FUB's event type → what it is kept as: one of contact_events' four words, or another word
    /// for lead_activities. Goes before the built-in mapping.
    std::map<std::string, std::string> event_types;
    Clocks clocks = Clocks::not_compared;
};

/// A person as FUB sends them, and what FUB says of their communications: the cheap sign of
/// which texts and e-mails are new, since `updated` does not move for those (fub-api §5.3).
struct FubPerson {
    std::int64_t id = 0;
    Person person;
    std::optional<Instant> created;
    std::optional<Instant> updated;
    std::optional<Instant> last_activity;
    std::optional<Instant> last_communication;
    std::int64_t texts = 0;   ///< received and sent
    std::int64_t emails = 0;  ///< received and sent
    std::string last_text;    ///< FUB's text of the instant; empty: none
    std::string last_email;
    std::vector<std::int64_t> text_ids;  ///< of the last texts, each once
    std::vector<std::int64_t> email_ids;
    bool phone_works = true;  ///< false: FUB marks every number of theirs invalid or bad
};

/// An event: one of the four acts, or an activity whose lead the sync fills in.
struct FubEvent {
    std::int64_t id = 0;
    FubId person;
    std::variant<ContactEvent, LeadActivity> record;
};

/// A call, text or e-mail; `record.lead` is for the sync to fill in.
struct FubCommunication {
    std::int64_t id = 0;
    FubId person;  ///< `0`: nobody FUB knows (an unknown caller)
    ContactCommunication record;
    std::string user_id;     ///< whose name the sync looks up where FUB sent none
    bool automated = false;  ///< a machine sent it: no one's effort
};

/// One page of a list.
template <class Item>
struct Page {
    std::vector<Item> items;
    std::vector<Unreadable> unreadable;
    std::vector<std::string> notices;
    std::int64_t rows = 0;                 ///< items and unreadable ones together
    std::optional<std::int64_t> total;     ///< what FUB says the whole list holds
    std::string next;                      ///< where to go on; empty: this was the last page
    std::int64_t highest = 0, lowest = 0;  ///< ids on this page; 0: none
};

struct FubStage {
    std::string id, name;
    std::int64_t position = 0;
};
struct FubUser {
    std::string id, name, phone;
};

/// Names and values of a query.
using Query = std::vector<std::pair<std::string, std::string>>;

/// A Follow Up Boss account, read through its REST API (facts: fub-api). Translates and never
/// stores. Every method asks at least once and throws Error: unauthorized (a wrong key, an
/// expired account), unavailable (no answer, no JSON), invalid (FUB refused the question).
class Fub {
public:
    /// `waits` is told each time a request has to wait for FUB's limits.
    Fub(FubSettings settings, http::Network network, Clock& clock,
        std::function<void(std::chrono::seconds, std::string_view)> waits = {});

    Page<FubPerson> people(Query query) const;               ///< GET /people, allFields
    std::optional<FubPerson> person(std::int64_t id) const;  ///< none: 404, deleted
    /// `idsOnly=true`: every id in one answer. None: this account does not offer it.
    std::optional<std::vector<std::int64_t>> people_ids() const;
    /// The same from `fields=id`, a request for each hundred: where people_ids gives none.
    std::vector<std::int64_t> people_ids_by_page() const;
    Page<FubEvent> events(Query query) const;         ///< GET /events
    Page<FubCommunication> calls(Query query) const;  ///< GET /calls
    Page<FubCommunication> texts(Query query) const;  ///< GET /textMessages, scoped
    /// GET /emails, scoped. `asked_for` is the person of rows that name none.
    Page<FubCommunication> emails(Query query, const FubId& asked_for) const;
    std::vector<FubStage> stages() const;
    std::vector<FubUser> users() const;

    /// What the office wants event types kept as (FubSettings::event_types), as one text.
    std::string event_types() const;
    int requests() const;  ///< sent so far, repeats included
    /// How far our clock was ahead of FUB's when it answered last (`Date`); none: not compared.
    std::optional<std::chrono::seconds> clock_ahead() const;
    bool key_refused() const;  ///< whether any question was answered with 401

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace dreams::sources
