// Whatever both sides edit, in whatever order, with faults and kills between: in the end both are
// the same but for conflicts that are listed, no value that anybody typed is lost, and no page is
// there twice.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "store/notion_conflicts.h"
#include "store/notion_seen.h"
#include "support/workspace.h"

namespace dreams::jobs {
namespace {

using test::Workspace;

struct Killed {};

struct Column {
    const char *column, *name;
};
const std::vector<Column> columns{{"notes", "Notes"},
                                  {"added_for", "Added For"},
                                  {"heating", "Heating"},
                                  {"parcel_id", "Parcel ID"},
                                  {"property_type", "Property Type"}};

/// Of answers to what was done. A 429 is none of them: it says that nothing was.
const std::vector<sim::WireFault> faults{sim::WireFault::closed,    sim::WireFault::truncated_body,
                                         sim::WireFault::error_500, sim::WireFault::error_503_html,
                                         sim::WireFault::html_200,  sim::WireFault::empty_200,
                                         sim::WireFault::gzip};
const std::vector<sim::NotionRefusal> refusals{
    sim::NotionRefusal::conflict_409, sim::NotionRefusal::limited_429,
    sim::NotionRefusal::overload_529, sim::NotionRefusal::overload_503,
    sim::NotionRefusal::database_500};
const std::vector<std::string> endpoints{"query", "pages"};

/// Somebody who types, here and there, each value only once.
struct Typing {
    explicit Typing(Workspace& workspace) : team(workspace) {}

    std::string text() { return "typed " + std::to_string(++count); }

    void here() {
        const auto homes = team.db.list<std::string>("SELECT id FROM properties ORDER BY id");
        if (homes.empty()) return;
        const auto& home = homes[*rc::gen::inRange<std::size_t>(0, homes.size())];
        const auto& column = *rc::gen::elementOf(columns);
        const auto value = text();
        team.db.run(
            std::string("UPDATE properties SET ") + column.column + " = :value WHERE id = :home",
            {{"value", value}, {"home", home}});
        typed[{home, column.column}] = value;
    }
    void there() {
        const auto pages = team.notion.pages();
        if (pages.empty()) return;
        const auto page = pages[*rc::gen::inRange<std::size_t>(0, pages.size())];
        const auto& column = *rc::gen::elementOf(columns);
        const auto value = text();
        team.notion.type(page, column.name, value);
        there_typed.push_back({page, column.name, value});
    }

    struct There {
        std::string page, name, value;
    };
    Workspace& team;
    int count = 0;
    std::map<std::pair<std::string, std::string>, std::string> typed;  ///< by home and column
    std::vector<There> there_typed;
};

/// A run that is killed at its n-th request: before it is sent, or when it is done and nobody is
/// left to hear of it. 0: it is not killed.
struct Kill {
    int at = 0;
    bool sent = false;
};

void run_until(Workspace& team, Kill kill) {
    int asked = 0;
    const auto real = team.notion.network();
    const http::Network network = [&](const http::Ask& ask) {
        ++asked;
        if (asked == kill.at && !kill.sent) throw Killed{};
        auto answer = real(ask);
        if (asked == kill.at) throw Killed{};
        return answer;
    };
    Progress silent;
    sources::Notion client(team.settings(), network, team.clock);
    try {
        sync_notion(team.db, client, team.clock, Zone("America/New_York"), {}, silent);
    } catch (const Killed&) {
    }
    team.db.run("DELETE FROM dreams_leases");
}

void break_some(Workspace& team) {
    const auto asked = static_cast<int>(team.notion.log().size());
    const int count = *rc::gen::inRange(0, 4);
    for (int i = 0; i < count; ++i) {
        const auto& endpoint = *rc::gen::elementOf(endpoints);
        const int at = *rc::gen::inRange(1, asked + 15);
        if (*rc::gen::arbitrary<bool>())
            team.notion.faults().at(endpoint, at, *rc::gen::elementOf(faults));
        else
            team.notion.refuse(endpoint, at, *rc::gen::elementOf(refusals));
    }
}

/// Values that stand somewhere, or in the list of conflicts.
std::set<std::string> all_values(Workspace& team) {
    std::set<std::string> values;
    for (const auto& each : columns)
        for (auto& value : team.db.list<std::string>(std::string("SELECT coalesce(") + each.column +
                                                     ", '') FROM properties"))
            values.insert(std::move(value));
    for (auto& value :
         team.db.list<std::string>("SELECT coalesce(ours, '') FROM dreams_notion_conflicts UNION "
                                   "SELECT coalesce(theirs, '') FROM dreams_notion_conflicts"))
        values.insert(std::move(value));
    for (const auto& page : team.notion.pages())
        for (const auto& each : columns) values.insert(team.notion.shown(page, each.name));
    return values;
}

const Column& column_of(std::string_view name_or_column) {
    return *std::ranges::find_if(columns, [&](const Column& each) {
        return each.column == name_or_column || each.name == name_or_column;
    });
}

/// What was typed last on a side, and stands nowhere, though nobody typed anything later into that
/// field on the other side.
std::vector<std::string> lost_values(Workspace& team, const Typing& typing) {
    using Place = std::pair<std::string, std::string>;  // home and column
    std::map<Place, int> here, there;
    for (const auto& [place, typed] : typing.typed) here[place] = std::stoi(typed.substr(6));
    for (const auto& each : typing.there_typed)
        there[{team.notion.shown(each.page, "DREAMS ID"), column_of(each.name).column}] =
            std::stoi(each.value.substr(6));
    const auto values = all_values(team);
    std::vector<std::string> lost;
    const auto look = [&](const std::map<Place, int>& side, const std::map<Place, int>& other) {
        for (const auto& [place, number] : side) {
            const auto later = other.find(place);
            const bool replaced = later != other.end() && later->second > number;
            const auto value = "typed " + std::to_string(number);
            if (!replaced && values.count(value) == 0) lost.push_back(value);
        }
    };
    look(here, there);
    look(there, here);
    return lost;
}

RC_GTEST_PROP(NotionProperty, BothSidesEndEqualAndNothingTypedIsLost, ()) {
    Workspace team;
    const auto homes = *rc::gen::inRange<std::size_t>(1, 5);
    team.homes_on_elm(homes, 450'000);
    const int there = *rc::gen::inRange(0, 3);
    for (int i = 0; i < there; ++i)
        team.notion.add_page({{"Address", std::to_string(i + 1) + " Oak Rd"}, {"City", "Sylva"}});

    Typing typing(team);
    const auto edit = [&](int most) {
        const int edits = *rc::gen::inRange(0, most);
        for (int i = 0; i < edits; ++i)
            if (*rc::gen::arbitrary<bool>())
                typing.here();
            else
                typing.there();
    };
    const int rounds = *rc::gen::inRange(1, 5);
    for (int round = 0; round < rounds; ++round) {
        edit(5);
        break_some(team);
        run_until(team, {*rc::gen::inRange(0, 25), *rc::gen::arbitrary<bool>()});
        team.wait(std::chrono::seconds{*rc::gen::inRange(0, 4000)});
    }
    team.notion.faults().clear();
    edit(4);
    // Rows that failed wait for their pause; then everything is settled in a few calm runs.
    for (int calm = 0; calm < 8; ++calm) {
        team.wait(std::chrono::hours{13});
        run_until(team, {});
    }

    const auto open = store::open_notion_conflicts(team.db);
    std::set<std::pair<std::string, std::string>> listed;
    for (const auto& conflict : open) listed.insert({conflict.home.text, conflict.column});
    const auto rows = team.db.list<Property>("SELECT * FROM properties");
    RC_ASSERT(team.notion.pages().size() == homes + static_cast<std::size_t>(there));
    RC_ASSERT(rows.size() == homes + static_cast<std::size_t>(there));
    for (const auto& row : rows) {
        const auto page = row.notion.notion_page_id.value_or("");
        RC_ASSERT(!page.empty());
        RC_ASSERT(team.notion.shown(page, "DREAMS ID") == row.id.text);
        RC_ASSERT(row.notion.sync_status == "synced");
        const auto ours = store::notion_values(row);
        for (const auto& each : columns)
            if (listed.count({row.id.text, each.column}) == 0)
                RC_ASSERT(ours.at(each.column).value_or("") == team.notion.shown(page, each.name));
    }
    RC_ASSERT(lost_values(team, typing).empty());
}

}  // namespace
}  // namespace dreams::jobs
