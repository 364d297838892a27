#include "store/catalog.h"

#include <gmock/gmock.h>

#include <thread>

#include "store/schema.h"
#include "support/folder.h"

namespace dreams::store {
namespace {

TEST(Catalog, IsSharedByThreadsWhileHomesAreEdited) {
    test::Folder folder;
    const auto path = folder.file("homes.db");
    init_file(path);
    const auto shelf = std::make_shared<CatalogShelf>();
    std::vector<int> in_order(3, 0);
    {
        std::vector<std::jthread> threads;
        for (auto& count : in_order)
            threads.emplace_back([&] {
                Db db = open_file(path, Db::Mode::read_only);
                Catalog catalog(shelf);
                std::size_t before = 0;
                for (int i = 0; i < 60; ++i) {
                    catalog.refresh(db);
                    const auto homes = catalog.homes().size();
                    count += homes >= before && catalog.found("elm").size() == homes ? 1 : 0;
                    before = homes;
                }
            });
        Db writing = open_file(path);
        for (int i = 0; i < 40; ++i)
            writing.run("INSERT INTO properties (id, address) VALUES (:id, 'Elm Rd')",
                        {{"id", std::to_string(i)}});
    }
    EXPECT_THAT(in_order, testing::Each(60)) << "nobody saw less than before";
    Db db = open_file(path);
    Catalog catalog(shelf);
    catalog.refresh(db);
    EXPECT_EQ(catalog.homes().size(), 40u);
}

}  // namespace
}  // namespace dreams::store
