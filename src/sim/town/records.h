#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"

// What a simulated town is made of. Ids are positive, rise with time and are never used again;
// an instant left at zero means "now" to the acts of Town that take a record.

namespace dreams::sim {

/// What a person is really up to. Nobody in the account can see it; a score tries to guess it.
enum class Intent : std::uint8_t { idle, curious, shopping, about_to_buy, bought };
inline constexpr int intents = 5;
std::string_view word(Intent intent);  ///< `about_to_buy`

/// The truth about a person, for backtests.
struct Truth {
    struct Step {
        Instant since;
        Intent intent;
    };
    std::int64_t person = 0;
    std::vector<Step> path;  ///< oldest first, never empty; a step lasts until the next
    std::optional<Instant> bought_at;
    bool window_shopper = false;  ///< looks at many homes, will never buy: the false alarm

    Intent at(Instant when) const;  ///< before the first step: idle
};

/// A house in the town.
struct Home {
    std::int64_t id = 0;
    std::string mls;                        ///< empty: not listed by an MLS
    std::string street, city, state, code;  ///< `12 Balsam Ridge Rd`, `Waynesville`, `NC`, `28786`
    std::string county;
    std::string type;              ///< `Single Family`, `Condo`, `Land`, …
    std::string status;            ///< `Active`, `Pending`, `Sold`
    std::int32_t price = 0;        ///< whole US dollars, since `cut`
    std::int32_t first_price = 0;  ///< as listed
    Instant listed, cut;           ///< `cut`: when the price fell; = listed if it never did
    int beds = 0, half_baths = 0;  ///< half_baths 5 = 2.5 baths
    int sqft = 0, acres_hundredths = 0, year_built = 0;
    std::int64_t lat_e6 = 0, lng_e6 = 0;  ///< degrees × 1,000,000
    bool for_rent = false;

    std::int32_t price_at(Instant when) const { return when < cut ? first_price : price; }
};

enum class Role : std::uint8_t { agent, broker, lender };

/// A user of the account: an agent, the lender, the owner.
struct User {
    std::int64_t id = 0;
    std::string first, last, email;
    std::string phone;  ///< own line, ten digits; empty: has none
    Role role = Role::agent;
    bool owner = false, deleted = false;
    Instant created;
    std::string name() const { return first + " " + last; }
};

/// An e-mail address or phone number of a person; the first of a list is the primary one.
struct Reach {
    std::string value;
    std::string type = "home";
    std::string status = "Valid";  ///< Valid, Invalid, Not Validated, Unsubscribed, Landline, Bad
};

struct PostalAddress {
    std::string street, city, state, code;
};

/// A person as the account knows them. Names are none where FUB sends null.
struct Contact {
    std::int64_t id = 0;
    Instant created, updated;  ///< updated: own changes only, never a child's (fub-api §0.7)
    std::string created_via = "API";
    std::optional<std::string> name, first, last;
    std::int64_t stage = 2;      ///< Stage::id
    std::string type = "Buyer";  ///< Buyer, Seller
    std::int64_t source = 1;     ///< Source::id
    std::string source_url;
    std::optional<std::int64_t> price;
    std::optional<std::int64_t> user, pond, lender;  ///< whom it is assigned to
    std::vector<std::int64_t> collaborators;         ///< further users who may see the person
    std::vector<std::string> tags;
    std::vector<Reach> emails, phones;
    std::vector<PostalAddress> addresses;
    std::map<std::string, std::string> custom;  ///< `customFollowUpDate` → text
    std::string background;
    std::optional<std::int64_t> timeframe;
    bool contacted = false, claimed = true, social = false;
    bool gone = false;  ///< deleted
};

/// Something a person did on the website, or a lead source said of them.
struct Event {
    std::int64_t id = 0;
    std::int64_t person = 0;
    Instant created, occurred;
    std::int32_t home = -1;  ///< index into Town::homes(); −1: no home was involved
    std::int32_t price = 0;  ///< of the home at that moment
    std::uint16_t type = 0;  ///< index into Town::event_types()
    std::uint16_t source = 1;
    bool gone = false;
    bool has_more = false;  ///< Town::more(id) holds texts for it
};

/// The texts that few events have.
struct EventMore {
    std::string message, description, page_title, page_url;
    std::optional<int> page_seconds;
    std::string search_json;  ///< a propertySearch object as JSON; empty: null
};

struct Call {
    std::int64_t id = 0;
    std::int64_t person = 0;  ///< 0: an unknown caller
    Instant created, updated;
    std::int64_t user = 0;
    bool incoming = false;
    int seconds = 0, ring_seconds = 0;
    std::string outcome;  ///< empty: null
    std::string from, to, note;
    std::string recording;  ///< URL; empty: null
    bool gone = false;
};

struct Text {
    std::int64_t id = 0;
    std::int64_t person = 0;
    Instant created, updated;
    std::int64_t user = 0;
    bool incoming = false;
    std::string message, from, to;
    std::string delivery = "delivered";  ///< sent, pending, delivered, undelivered, failed, error
    std::int64_t action_plan = 0;        ///< not 0: a machine sent it
    bool gone = false;
};

struct Email {
    std::int64_t id = 0;
    struct Related {
        std::int64_t person = 0;
        bool wrote = false;  ///< the person is its sender
    };
    std::vector<Related> people;
    Instant created, updated;
    Instant date;  ///< when it was sent; long before created if it was found in a mailbox later
    std::int64_t user = 0;
    bool incoming = false;
    std::int64_t thread = 0;
    std::string subject, body;
    std::int64_t action_plan = 0, campaign = 0;  ///< not 0: a machine sent it
    bool automated() const { return action_plan != 0 || campaign != 0; }
    bool gone = false;
};

struct Note {
    std::int64_t id = 0;
    std::int64_t person = 0;
    Instant created, updated;
    std::int64_t user = 0;
    std::string subject, body;
    bool html = false, gone = false;
};

struct Stage {
    std::int64_t id = 0;
    std::string name;
    bool is_protected = false;
};

/// An id and a name: sources, ponds, time frames, tags.
struct Named {
    std::int64_t id = 0;
    std::string name;
};

/// What a person's children add up to: the last* and counter keys of allFields (fub-api §5.3).
/// An `id` of 0 with a zero instant: there is none.
struct Tally {
    struct Last {
        Instant at{};
        std::int64_t id = 0;
        bool any() const { return id != 0; }
    };
    Last event, call, call_in, call_out, first_call;
    Last text, text_in, text_out;
    Last email, email_in, email_out;  ///< automated mail is not in here
    Instant action_plan_email{}, campaign_email{}, last_visit{};
    std::int64_t visits = 0, viewed = 0, saved = 0, pages = 0;
    std::int64_t calls_in = 0, calls_out = 0, call_seconds = 0;
    std::int64_t texts_in = 0, texts_out = 0, emails_in = 0, emails_out = 0;
    Instant activity{};       ///< the latest of everything; at least the person's created
    Instant communication{};  ///< the latest call, text or e-mail by hand; zero: none
};

}  // namespace dreams::sim
