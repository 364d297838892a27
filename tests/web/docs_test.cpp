// docs/api.md names every route, and no route that is not there.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "support/folder.h"
#include "web/routes.h"

namespace dreams::web {
namespace {

TEST(ApiDocs, NameEachRouteAndNoOther) {
    const std::string docs = test::read_file(DREAMS_ROOT "/docs/api.md");
    std::set<std::string> documented, real;
    for (std::size_t at = 0; (at = docs.find("\n| `", at)) != std::string::npos;) {
        const auto start = at + 4;
        at = docs.find('`', start);
        documented.insert(docs.substr(start, at - start));
    }
    for (const auto& route : routes())
        real.insert(std::string(route.method) + " " + std::string(route.path));
    EXPECT_EQ(documented, real);
}

}  // namespace
}  // namespace dreams::web
