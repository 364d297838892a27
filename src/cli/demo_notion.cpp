#include "cli/demo_notion.h"

#include "base/error.h"
#include "jobs/sync_notion.h"
#include "store/schema.h"

namespace dreams::cli {
namespace {

sources::Notion client(sim::NotionWorkspace& workspace, Clock& clock) {
    const sim::NotionOptions usual;
    return {{.url = "http://notion.demo/v1", .token = usual.token, .data_source = usual.database},
            workspace.network(),
            clock};
}

SyncReport run(Db& db, sim::NotionWorkspace& workspace, Clock& clock, const Zone& zone,
               jobs::Progress& progress) {
    auto notion = client(workspace, clock);
    auto report = jobs::sync_notion(db, notion, clock, zone, {}, progress);
    if (report.outcome == Outcome::failed) throw Error(Fault::unavailable, report.error);
    return report;
}

struct Linked {
    PropertyId home;
    std::string page;
    static constexpr auto columns() {
        return Columns{Column{"id", &Linked::home}, Column{"notion_page_id", &Linked::page}};
    }
};

}  // namespace

void furnish(sim::NotionWorkspace& workspace) {
    workspace.rename_property("Name", "Address");
    workspace.add_property(std::string(notion_own_id), "rich_text");
    for (const auto& field : notion_fields())
        if (field.type != NotionType::title)
            workspace.add_property(std::string(field.name), std::string(word(field.type)));
    workspace.add_page({{"Address", "7 Paper Mill Ln"},
                        {"City", "Sylva"},
                        {"Price", "415000"},
                        {"Notes", "Not listed yet: the owner asked what it is worth"}});
}

void fill_notion(Db& db, sim::NotionWorkspace& workspace, Clock& clock, const Zone& zone,
                 jobs::Progress& progress) {
    run(db, workspace, clock, zone, progress);
    const auto linked = db.list<Linked>(R"sql(
        SELECT id, notion_page_id FROM properties
         WHERE notion_page_id IS NOT NULL AND mls_number IS NOT NULL ORDER BY id LIMIT 2)sql");
    if (linked.size() < 2) return;
    workspace.type(linked[0].page, "Notes", "Wants to see it on Saturday");
    workspace.type(linked[1].page, "Parcel ID", "7641-02-1187");
    db.run("UPDATE properties SET parcel_id = '7641-02-1178' WHERE id = :home",
           {{"home", linked[1].home}});
    run(db, workspace, clock, zone, progress);
}

}  // namespace dreams::cli
