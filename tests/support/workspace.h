#pragma once

// A simulated Notion workspace and a file that is kept the same: for tests of that sync.

#include <map>
#include <string>

#include "jobs/sync_notion.h"
#include "sim/notion/workspace.h"
#include "store/properties.h"
#include "support/database.h"

namespace dreams::test {

struct Workspace {
    explicit Workspace(Db file = database(), sim::NotionOptions options = {})
        : db(std::move(file)), notion(clock, std::move(options)) {
        notion.rename_property("Name", "Address");
        notion.add_property(std::string(notion_own_id), "rich_text");
        for (const auto& field : notion_fields())
            if (field.type != NotionType::title)
                notion.add_property(std::string(field.name), std::string(word(field.type)));
    }

    sources::NotionSettings settings() const {
        return {.url = "http://notion.example/v1",
                .token = "ntn_example",
                .data_source = sim::NotionOptions{}.database};
    }
    sources::Notion client() { return {settings(), notion.network(), clock}; }

    /// One run, as `dreams sync notion` makes it.
    SyncReport sync(jobs::SyncOptions options = {}) {
        auto source = client();
        jobs::Progress silent;
        return jobs::sync_notion(db, source, clock, Zone("America/New_York"), options, silent);
    }
    /// A home that a source shows now; gives its id.
    std::string home(const std::string& address, std::int64_t price = 450'000) {
        Sighting said;
        said.listing.address = address;
        said.listing.city = "Sylva";
        said.listing.price = price;
        return see(said);
    }
    /// `1 Elm St` and so on, all at one price; gives their ids.
    std::vector<std::string> homes_on_elm(std::size_t count, std::int64_t price) {
        auto transaction = db.begin();
        store::PropertyKeeper keeper(db);
        std::vector<std::string> ids;
        for (std::size_t i = 1; i <= count; ++i) {
            Sighting said;
            said.listing.address = std::to_string(i) + " Elm St";
            said.listing.city = "Sylva";
            said.listing.price = price;
            const auto kept =
                keeper.keep(said, {.telling = {"redfin", clock.now()}, .now = clock.now()});
            ids.push_back(kept.id.text);
        }
        transaction.commit();
        return ids;
    }
    std::string see(const Sighting& said) {
        auto transaction = db.begin();
        const auto kept = store::keep_property(
            db, said, {.telling = {"redfin", clock.now()}, .now = clock.now()});
        transaction.commit();
        return kept.id.text;
    }
    Property row(const std::string& home) { return *store::property(db, {home}); }
    std::string page_of(const std::string& home) {
        return row(home).notion.notion_page_id.value_or("");
    }
    void note(const std::string& home, const std::string& text) {
        db.run("UPDATE properties SET notes = :text WHERE id = :home",
               {{"text", text}, {"home", home}});
    }
    void wait(std::chrono::seconds how_long) { clock.sleep(how_long); }

    ManualClock clock{monday};
    Db db;
    sim::NotionWorkspace notion;
};

}  // namespace dreams::test
