#include "sim/town/people.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "sim/town/homes.h"
#include "sim/town/words.h"

namespace dreams::sim {
namespace {

using namespace std::chrono;

struct Name {
    std::optional<std::string> whole, first, last;
};

/// The names that break programs, each at least once in a town of fifty.
std::optional<Name> strange_name(std::int64_t ordinal, Random& random) {
    switch (ordinal) {
        case 3:
            return Name{"Siobhan O'Brien", "Siobhan", "O'Brien"};
        case 7:
            return Name{"Mia 🌲🏡", "Mia 🌲🏡", ""};
        case 11:
            return Name{"Madonna", "Madonna", ""};
        case 13:
            return Name{"يوسف الأحمد", "يوسف", "الأحمد"};
        case 17: {
            std::string last = "Wolfeschlegelsteinhausenbergerdorff";
            while (last.size() < 240) last += "-von-und-zu-Waynesville";
            return Name{"Hubert " + last, "Hubert", last};
        }
        case 19:
            return Name{};
        case 23:
            return Name{"<b>Bobby</b> \"Tables\"; --", "<b>Bobby</b>", "\"Tables\"; --"};
        case 29:
            return Name{"", "", ""};
        case 31:
            return Name{"Ha 阮文勝 \\ N/A", "Ha", "阮文勝 \\ N/A"};
        default:
            break;
    }
    if (ordinal > 50 && random.chance(4)) return Name{};
    return std::nullopt;
}

Name a_name(std::int64_t ordinal, Random& random) {
    if (auto strange = strange_name(ordinal, random)) return *strange;
    std::string first(random.of(words::first_names)), last(random.of(words::last_names));
    if (random.chance(30)) last += "-" + std::string(random.of(words::last_names));
    return {first + " " + last, first, last};
}

std::string ascii_letters(const std::string& text) {
    std::string result;
    for (const char c : text::folded(text))
        if (c >= 'a' && c <= 'z') result += c;
    return result.empty() ? "someone" : result.substr(0, 40);
}

/// Ten digits, another one for each person; exchange 555 belongs to nobody.
std::string phone_number(std::int64_t ordinal) {
    const auto area = ordinal < 9000 ? 828 : 201 + ordinal / 9000 % 600;
    return std::to_string(area) + "555" + std::to_string(1000 + ordinal % 9000);
}

void give_reach(Contact& contact, std::int64_t ordinal, Random& random) {
    const auto first = ascii_letters(contact.first.value_or(""));
    const auto last = ascii_letters(contact.last.value_or(""));
    if (ordinal == 1 || !random.chance(80)) {
        contact.emails.push_back(
            {first + "." + last + std::to_string(contact.id) + "@example.org"});
        if (random.chance(60)) contact.emails.front().status = "Unsubscribed";
        if (random.chance(50))
            contact.emails.push_back({first + "@example.com", "work", "Invalid"});
    }
    if (ordinal == 1 || !random.chance(70)) {
        const auto digits = phone_number(ordinal);
        const bool dressed = random.chance(250);
        contact.phones.push_back({dressed ? "(" + digits.substr(0, 3) + ") " + digits.substr(3, 3) +
                                                "-" + digits.substr(6)
                                          : digits,
                                  "mobile"});
        if (ordinal != 1 && random.chance(40))
            contact.phones.front().status = random.chance(500) ? "Bad" : "Invalid";
    }
}

void give_tags(Contact& contact, Random& random) {
    while (random.chance(350)) {
        const std::string tag(random.of(words::tags));
        if (std::ranges::count(contact.tags, tag) == 0) contact.tags.push_back(tag);
    }
    if (random.chance(20)) contact.tags.push_back(random.chance(500) ? "DNC" : "Do Not Call");
}

void assign(Contact& contact, const std::vector<User>& users, Random& random) {
    std::vector<std::int64_t> agents;
    std::int64_t lender = 0;
    for (const auto& user : users) {
        if (user.deleted) continue;
        if (user.role == Role::agent) agents.push_back(user.id);
        if (user.role == Role::lender) lender = user.id;
    }
    if (random.chance(60))
        contact.pond = 5;
    else
        contact.user = random.of(agents);
    if (lender != 0 && random.chance(120)) contact.lender = lender;
    if (random.chance(80)) contact.collaborators.push_back(random.of(agents));
}

void give_source(Contact& contact, Random& random) {
    static constexpr std::array<std::int64_t, 10> likely{20, 20, 20, 20, 21, 21, 22, 23, 24, 1};
    contact.source = random.of(likely);
    contact.created_via = contact.source == 1    ? "Manually"
                          : contact.source == 23 ? "Manually"
                          : contact.source == 24 ? "Import"
                                                 : "API";
    if (contact.source == 20) contact.source_url = "https://homes.ridgeline.example/";
}

}  // namespace

std::vector<User> office(int people, Instant founded) {
    static constexpr std::array<std::string_view, 8> firsts{"Pat",  "Dana",  "Lee",   "Morgan",
                                                            "Rory", "Casey", "Avery", "Jo"};
    static constexpr std::array<std::string_view, 9> lasts{
        "Hollow", "Ferris", "Stone", "Vance", "Birch", "Caldwell", "Marsh", "Pike", "Reed"};
    std::vector<User> users;
    const auto hire = [&](std::string_view first, std::string_view last, Role role) -> User& {
        const auto n = users.size();
        User user{.id = 21 + static_cast<std::int64_t>(n),
                  .first = std::string(first),
                  .last = std::string(last)};
        user.email = text::lower(first) + "." + std::to_string(user.id) + "@ridgeline.example";
        if (role != Role::lender) user.phone = std::to_string(8285550100 + n);
        user.role = role;
        user.created = founded + days{static_cast<int>(n)};
        return users.emplace_back(std::move(user));
    };
    hire("Olive", "Owner", Role::broker).owner = true;
    hire("Bram", "Broker", Role::broker);
    const auto agents = static_cast<std::size_t>(std::min(60, 6 + people / 1200));
    for (std::size_t i = 0; i < agents; ++i)
        hire(firsts[i % firsts.size()], lasts[i % lasts.size()], Role::agent);
    hire("Lena", "Lender", Role::lender);
    hire("Gwen", "Gone", Role::agent).deleted = true;
    return users;
}

std::vector<Stage> stage_list() {
    using namespace stage_id;
    return {{lead, "Lead", true},
            {nurture, "Nurture"},
            {hot_prospect, "Hot Prospect"},
            {active_client, "Active Client"},
            {past_client, "Past Client"},
            {unresponsive, "Unresponsive"},
            {vendors, "Agents/Vendors/Lendors"},
            {closed, "Closed"},
            {trash, "Trash", true}};
}

std::vector<Named> source_list() {
    return {{1, "<unspecified>"}, {20, "Ridgeline Website"}, {21, "Zillow"},
            {22, "Realtor.com"},  {23, "Referral"},          {24, "Open House"}};
}

std::vector<Named> pond_list() {
    return {{5, "Cold leads"}};
}

Contact newcomer(std::uint64_t seed, std::int64_t id, std::int64_t ordinal, Instant created,
                 const std::vector<User>& users) {
    Random random{seed, static_cast<std::uint64_t>(id), 4};
    Contact contact{.id = id, .created = created, .updated = created};
    auto name = a_name(ordinal, random);
    contact.name = std::move(name.whole);
    contact.first = std::move(name.first);
    contact.last = std::move(name.last);
    give_source(contact, random);
    give_reach(contact, ordinal, random);
    give_tags(contact, random);
    assign(contact, users, random);
    if (random.chance(120)) contact.type = "Seller";
    if (random.chance(500)) contact.price = random.between(180, 900) * 1000;
    if (random.chance(200)) {
        const auto& place = random.of(words::places);
        contact.addresses.push_back(
            {a_street(random), std::string(place.city), "NC", std::string(place.code)});
    }
    if (random.chance(150)) contact.timeframe = random.between(1, 4);
    if (random.chance(100)) contact.custom["customLoan"] = random.chance(500) ? "FHA" : "VA";
    contact.social = random.chance(60);
    return contact;
}

std::int64_t likely_stage(Intent intent, Random& random) {
    using namespace stage_id;
    const auto dice = random.below(100);
    switch (intent) {
        case Intent::idle:
            return dice < 45 ? lead : dice < 70 ? unresponsive : dice < 94 ? nurture : hot_prospect;
        case Intent::curious:
            return dice < 60 ? lead : dice < 90 ? nurture : hot_prospect;
        case Intent::shopping:
            return dice < 40   ? lead
                   : dice < 70 ? nurture
                   : dice < 92 ? hot_prospect
                               : active_client;
        case Intent::about_to_buy:
            return dice < 15   ? lead
                   : dice < 25 ? nurture
                   : dice < 60 ? hot_prospect
                               : active_client;
        case Intent::bought:
            break;
    }
    return dice < 45 ? closed : dice < 90 ? past_client : active_client;
}

}  // namespace dreams::sim
