#include "sim/town/sessions.h"

#include <algorithm>
#include <array>

#include "sim/town/event_kinds.h"
#include "sim/town/homes.h"
#include "sim/town/words.h"

namespace dreams::sim {
namespace {

using namespace std::chrono;

constexpr std::uint16_t website = 20;  ///< the office's own site among source_list()

/// Chances in a thousand, by intent.
struct Manner {
    int favourite, share, faithful;  ///< of an act: saves, shares; of a view: a home seen before
    int page, search, saved_search, inquiry, question, seller, open_house, tour, leave;
    int least, most;  ///< acts a session
};

constexpr std::array<Manner, intents> manners{{
    {20, 4, 100, 120, 60, 5, 3, 3, 2, 0, 5, 25, 1, 3},
    {50, 10, 150, 150, 120, 25, 15, 8, 2, 5, 15, 6, 1, 6},
    {110, 25, 350, 150, 250, 70, 40, 10, 4, 25, 25, 1, 2, 8},
    {170, 70, 650, 100, 150, 60, 130, 25, 10, 70, 40, 0, 2, 8},
    {30, 20, 300, 100, 30, 5, 2, 5, 10, 5, 5, 10, 1, 3},
}};

const Manner& manner(Intent intent) {
    return manners[static_cast<std::size_t>(intent)];
}

class Session {
public:
    Session(const Scene& scene, std::int64_t person, const Manner& manner, const Habits& habits,
            Instant start, Random random, std::vector<Event>& out)
        : scene_(scene),
          person_(person),
          manner_(manner),
          habits_(habits),
          now_(start),
          random_(random),
          out_(out) {}

    void act(bool first) {
        if (first && !random_.chance(120)) return add(visited_website, -1);
        const auto dice = static_cast<int>(random_.below(1000));
        if (last_home_ >= 0 && dice < manner_.share) return add(shared_property, last_home_);
        if (last_home_ >= 0 && dice < manner_.share + manner_.favourite)
            return add(saved_property, last_home_);
        last_home_ = next_home(habits_, scene_.built, manner_.faithful, random_);
        add(viewed_property, last_home_);
    }

    void extras() {
        if (random_.chance(manner_.page)) add(viewed_page, -1);
        if (random_.chance(manner_.search)) add(property_search, -1);
        if (random_.chance(manner_.saved_search)) add(saved_property_search, -1);
        if (random_.chance(manner_.inquiry) && last_home_ >= 0) add(property_inquiry, last_home_);
        if (random_.chance(manner_.question)) add(general_inquiry, -1);
        if (random_.chance(manner_.seller)) add(seller_inquiry, -1);
        if (random_.chance(manner_.open_house) && last_home_ >= 0)
            add(visited_open_house, last_home_);
        if (random_.chance(manner_.tour) && last_home_ >= 0) add(virtually_toured, last_home_);
        if (random_.chance(manner_.leave)) add(unsubscribed, -1);
    }

private:
    void add(Kind kind, std::int32_t home) {
        Event event{.person = person_, .occurred = std::min(now_, scene_.not_after), .home = home};
        // Sites report within seconds; one in fifty reports comes up to two hours late.
        const auto delay = random_.chance(20) ? random_.below(7200) : random_.below(12);
        event.created = std::min(now_ + seconds{delay}, scene_.not_after);
        event.type = kind;
        event.source = website;
        if (home >= 0)
            event.price = scene_.homes[static_cast<std::size_t>(home)].price_at(event.occurred);
        out_.push_back(event);
        now_ += seconds{15 + random_.below(150)};
    }

    const Scene& scene_;
    std::int64_t person_;
    const Manner& manner_;
    const Habits& habits_;
    Instant now_;
    Random random_;
    std::vector<Event>& out_;
    std::int32_t last_home_ = -1;
};

std::string search_form(Random& random) {
    const auto& place = random.of(words::places);
    const int low = random.between(150, 500) * 1000;
    return R"({"type":"Single Family","neighborhood":"","city":")" + std::string(place.city) +
           R"(","state":"NC","code":"","minPrice":)" + std::to_string(low) + R"(,"maxPrice":)" +
           std::to_string(low + 200'000) + R"(,"minBedrooms":)" +
           std::to_string(random.between(1, 4)) +
           R"(,"maxBedrooms":null,"minBathrooms":1,"maxBathrooms":null,"minArea":null,)"
           R"("maxArea":null,"forRent":0})";
}

}  // namespace

int acts_of_session(Intent intent, Random& random) {
    return random.between(manner(intent).least, manner(intent).most);
}

void browse(const Scene& scene, std::int64_t person, const Habits& habits, Intent intent,
            Instant start, int acts, Random random, std::vector<Event>& out) {
    Session session(scene, person, manner(intent), habits, start, random, out);
    for (int i = 0; i < acts; ++i) session.act(i == 0);
    session.extras();
}

EventMore told_by(const Event& event, const std::vector<Home>& homes) {
    Random random{static_cast<std::uint64_t>(event.id), 5};
    EventMore more;
    switch (event.type) {
        case viewed_page:
            more.page_title = "Living in " + std::string(random.of(words::places).city);
            more.page_url = "https://homes.ridgeline.example/p/" + std::to_string(random.below(90));
            more.page_seconds = random.between(5, 300);
            break;
        case property_search:
        case saved_property_search:
            more.page_title = "Search";
            more.page_url = "https://homes.ridgeline.example/s";
            more.search_json = search_form(random);
            break;
        case property_inquiry:
        case general_inquiry:
        case inquiry:
            more.message = std::string(random.of(words::inquiries));
            break;
        case seller_inquiry:
            more.message = "What is my home worth?";
            break;
        case viewed_property:
            if (event.home >= 0 && random.chance(300))
                more.page_title = homes[static_cast<std::size_t>(event.home)].street;
            break;
        default:
            break;
    }
    return more;
}

}  // namespace dreams::sim
