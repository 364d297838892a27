#include "bench/account.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "bench/random.h"

namespace dreams::bench {
namespace {

using namespace std::chrono;

constexpr std::size_t first_person = 1001;
constexpr std::size_t first_event = 7'000'001;
constexpr days season{540};  ///< so long the account has been there

constexpr std::array first_names{"Ana",   "Ben",  "Carla", "Dan",   "Ella", "Frank", "Grace",
                                 "Hugo",  "Iris", "Jack",  "Kim",   "Liam", "María", "Noah",
                                 "Olive", "Paul", "Quinn", "Rosa",  "Sam",  "Tess",  "Uma",
                                 "Vince", "Wren", "Xena",  "Yusuf", "Zoë"};
constexpr std::array last_names{
    "Adams",  "Baker",   "Castillo", "Duncan",  "Ellis",     "Fisher",   "Garcia",  "Hughes",
    "Ivanov", "Jensen",  "Kelly",    "Lambert", "Moreno",    "Nguyen",   "O'Brien", "Palmer",
    "Quick",  "Rivera",  "Stone",    "Tate",    "Underhill", "Vance",    "Walker",  "Xu",
    "Youngs", "Ziegler", "Messer",   "Plott",   "Queen",     "Rathbone", "Medford", "Caldwell"};
constexpr std::array stages{
    "Lead",    "Lead",         "Lead",          "Lead",         "Lead",   "Lead",        "Nurture",
    "Nurture", "Hot Prospect", "Active Client", "Unresponsive", "Closed", "Past Client", "Trash"};
constexpr std::array sources{"IDX Website", "Zillow", "Realtor.com", "Referral", "Open House"};
constexpr std::array agents{"Joseph Agent", "Eugenia Broker", "Stella Agent"};
constexpr std::array roads{"Balsam Ridge Rd", "Elm St",  "Plott Creek Rd",   "Dogwood Ln",
                           "Soco Rd",         "Main St", "Jonathan Creek Rd"};
constexpr std::array towns{"Waynesville, NC 28786", "Sylva, NC 28779", "Asheville, NC 28801",
                           "Franklin, NC 28734"};
constexpr std::array activity_types{"property_inquiry", "registration", "property_search",
                                    "viewed_page", "saved_property_search"};

struct Home {
    std::string address, mls;
    std::int64_t price;
};

std::vector<Home> homes_for(const Size& size, Random& random) {
    std::vector<Home> homes(250 + static_cast<std::size_t>(size.people) / 10);
    for (std::size_t i = 0; i < homes.size(); ++i)
        homes[i] = {
            std::to_string(random.between(1, 999)) + " " + random.of(roads) + ", " +
                random.of(towns),
            std::to_string(4'100'000 + i * 3),
            static_cast<std::int64_t>(290'000 * std::exp(0.5 * random.bell())) / 1000 * 1000};
    return homes;
}

Person person(std::size_t n, Random& random) {
    Person person;
    const auto id = person_id(n);
    person.external_id = person.fub_id.emplace(FubId{id}).text;
    person.external_source = "fub";
    person.first_name = random.of(first_names);
    person.last_name = random.of(last_names);
    person.email = text::folded(*person.first_name) + "." + id + "@example.com";
    if (!random.chance(0.08))
        person.phone = "(828) 555-" + std::to_string(1000 + random.below(9000));
    person.stage = random.of(stages);
    person.type = "Buyer";
    person.source = random.of(sources);
    person.assigned_agent = random.of(agents);
    person.tags = JsonText{random.chance(0.02) ? R"(["Do Not Call"])" : R"(["Buyer","Website"])"};
    person.lead_type_tags = JsonText{R"(["buyer"])"};
    return person;
}

/// What stays the same about a person.
struct Habits {
    double zeal;  ///< 0: never acts
    Instant since, until;
    std::array<std::size_t, 6> shortlist;
};

Habits habits(std::size_t homes, Random& random) {
    Habits habits;
    habits.zeal = random.chance(0.25) ? 0 : std::exp(1.1 * random.bell());
    habits.since = monday - seconds{static_cast<std::int64_t>(
                                random.unit() * static_cast<double>(seconds{season}.count()))};
    const auto left = (monday - habits.since).count();
    // A third is still looking; the others have stopped some time ago.
    habits.until =
        random.chance(0.33)
            ? monday
            : habits.since +
                  seconds{static_cast<std::int64_t>(random.unit() * static_cast<double>(left))};
    for (auto& home : habits.shortlist) {
        // Squared: the first homes of the list are the famous ones.
        const double dice = random.unit();
        home = static_cast<std::size_t>(dice * dice * static_cast<double>(homes));
    }
    return habits;
}

/// Somebody's n-th share of `total`, by zeal.
class Shares {
public:
    explicit Shares(const std::vector<Habits>& people) {
        double sum = 0;
        for (const auto& each : people) sums_.push_back(sum += each.zeal);
    }
    std::size_t someone(Random& random) const {
        const double dice = random.unit() * sums_.back();
        return static_cast<std::size_t>(std::ranges::upper_bound(sums_, dice) - sums_.begin());
    }

private:
    std::vector<double> sums_;
};

Instant some_moment(const Habits& habits, Random& random) {
    return habits.since +
           seconds{static_cast<std::int64_t>(
               random.unit() * static_cast<double>((habits.until - habits.since).count()))};
}

/// An evening on the website: a visit, then homes, one every minute or two.
void sit_down(std::size_t who, const Habits& habits, const std::vector<Home>& homes,
              std::size_t most, Random& random, std::vector<ContactEvent>& events) {
    Instant at = some_moment(habits, random);
    const auto acts = std::min<std::size_t>(most, 1 + random.below(9));
    for (std::size_t i = 0; i < acts; ++i, at += seconds{random.between(20, 180)}) {
        ContactEvent& event = events.emplace_back();
        event.person = {person_id(who)};
        event.occurred_at = std::min(at, monday);
        event.imported_at = monday;
        if (i == 0) continue;  // a website_visit
        const double dice = random.unit();
        event.kind = dice < 0.90   ? EventKind::property_view
                     : dice < 0.98 ? EventKind::property_favorite
                                   : EventKind::property_share;
        const double fame = random.unit();
        const auto& home =
            homes[random.chance(0.5)
                      ? random.of(habits.shortlist)
                      : static_cast<std::size_t>(fame * fame * static_cast<double>(homes.size()))];
        event.property_address = home.address;
        event.property_price = home.price;
        event.property_mls = home.mls;
    }
}

Sent message(std::size_t who, const Habits& habits, Random& random) {
    Sent sent;
    auto& record = sent.record;
    record.lead = {person_id(who)};
    record.kind = random.of(std::array{CommKind::call, CommKind::text, CommKind::email});
    record.direction = random.chance(0.35) ? Direction::inbound : Direction::outbound;
    record.occurred_at = some_moment(habits, random);
    record.imported_at = monday;
    record.fub_user_name = random.of(agents);
    record.status = CommStatus::completed;
    if (record.kind == CommKind::call) {
        record.duration_seconds = random.between(0, 900);
        if (random.chance(0.3)) record.status = CommStatus::missed;
    }
    sent.automated = record.kind == CommKind::email && record.direction == Direction::outbound &&
                     random.chance(0.4);
    return sent;
}

LeadActivity activity(std::size_t who, const Habits& habits, Random& random) {
    LeadActivity activity;
    activity.lead = {person_id(who)};
    activity.type = random.of(activity_types);
    activity.source = "fub";
    activity.data = JsonText{R"({"message":"Is this home still there? I would like to see it.",)"
                             R"("source":"IDX Website"})"};
    activity.occurred_at = some_moment(habits, random);
    activity.imported_at = monday;
    return activity;
}

/// Ids rise with time, as Follow Up Boss gives them.
template <class Rows, class Name>
void number(Rows& rows, std::size_t first, Name name) {
    for (auto& row : rows) name(row, std::to_string(first++));
}

void put_in_order(Account& account) {
    std::ranges::sort(account.events, {}, [](const auto& e) {
        return std::tie(e.occurred_at, e.person, e.property_mls, e.kind);
    });
    std::ranges::sort(account.communications, {}, [](const auto& c) {
        return std::tie(c.record.occurred_at, c.record.lead, c.record.kind);
    });
    std::ranges::sort(account.activities, {},
                      [](const auto& a) { return std::tie(a.occurred_at, a.lead, a.type); });
    number(account.events, first_event, [](ContactEvent& event, std::string id) {
        event.id = {"evt_" + id};
        event.fub_event_id = std::move(id);
    });
    number(account.communications, first_event, [](Sent& sent, std::string id) {
        sent.record.id = {std::string(word(sent.record.kind)) + "_" + id};
        sent.record.fub_id = std::move(id);
    });
    number(account.activities, first_event + account.events.size(),
           [](LeadActivity& activity, const std::string& id) { activity.id = {"evt_" + id}; });
}

}  // namespace

std::string person_id(std::size_t n) {
    return std::to_string(first_person + n);
}

Account account(const Size& size) {
    Random random(static_cast<std::uint64_t>(size.people));
    Account account;
    const auto homes = homes_for(size, random);
    std::vector<Habits> everyone;
    for (int i = 0; i < size.people; ++i) {
        account.people.push_back(person(account.people.size(), random));
        everyone.push_back(habits(homes.size(), random));
    }
    const Shares shares(everyone);
    const auto events = static_cast<std::size_t>(size.events);
    account.events.reserve(events);
    while (account.events.size() < events) {
        const auto who = shares.someone(random);
        sit_down(who, everyone[who], homes, events - account.events.size(), random, account.events);
    }
    for (int i = 0; i < size.communications; ++i) {
        const auto who = shares.someone(random);
        account.communications.push_back(message(who, everyone[who], random));
    }
    for (int i = 0; i < size.events / 20; ++i) {
        const auto who = shares.someone(random);
        account.activities.push_back(activity(who, everyone[who], random));
    }
    put_in_order(account);
    return account;
}

}  // namespace dreams::bench
