// docs/openapi.yaml against the program: every route of the API is there and no other, with the
// same names in the path; the keys of a capture are those that are read, with their types.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "sources/capture.h"
#include "support/folder.h"
#include "web/routes.h"

namespace dreams::web {
namespace {

/// A line of the file: the keys that lead to it, and what stands behind its own.
struct Line {
    std::vector<std::string> keys;
    std::string value;
};

/// Reads the file as it is written: two blanks a level, a key a line, `- ` before items.
std::vector<Line> lines_of(const std::string& yaml) {
    std::vector<Line> lines;
    std::vector<std::string> keys;
    std::istringstream in(yaml);
    for (std::string text; std::getline(in, text);) {
        const auto indent = text.find_first_not_of(' ');
        if (indent == std::string::npos || text[indent] == '#') continue;
        EXPECT_EQ(indent % 2, 0u) << text;
        keys.resize(std::min(keys.size(), indent / 2));
        EXPECT_EQ(keys.size(), indent / 2) << text;
        const bool item = text.compare(indent, 2, "- ") == 0;
        const auto colon = item ? std::string::npos : text.find(':', indent);
        keys.push_back(item ? "-" : text.substr(indent, colon - indent));
        const auto from = item ? indent + 2 : colon + 1;
        const auto value = text.find_first_not_of(' ', from);
        lines.push_back({keys, value == std::string::npos ? "" : text.substr(value)});
    }
    return lines;
}

std::vector<Line> described() {
    return lines_of(test::read_file(DREAMS_ROOT "/docs/openapi.yaml"));
}

/// The word behind `name: ` in `{name: id, in: path}`.
std::string member(const std::string& flow, const std::string& name) {
    const auto at = flow.find(name + ": ");
    if (at == std::string::npos) return "";
    const auto from = at + name.size() + 2;
    return flow.substr(from, flow.find_first_of(",}", from) - from);
}

bool is_of_the_api(std::string_view path) {
    return path.starts_with("/api/") || path.starts_with("/health");
}

TEST(OpenApi, NamesEachRouteAndNoOther) {
    std::set<std::string> documented, real;
    for (const auto& line : described())
        if (line.keys.size() == 3 && line.keys[0] == "paths")
            documented.insert(line.keys[2] + " " + line.keys[1]);
    for (const auto& route : routes())
        if (is_of_the_api(route.path))
            real.insert((route.method == "GET" ? "get " : "post ") + std::string(route.path));
    EXPECT_EQ(documented, real);
    EXPECT_GE(documented.size(), 24u);
}

TEST(OpenApi, NamesWhatStandsInEachPath) {
    std::map<std::string, std::set<std::string>> named, real;
    for (const auto& line : described()) {
        if (line.keys.size() < 3 || line.keys[0] != "paths") continue;
        auto& names = named[line.keys[2] + " " + line.keys[1]];
        if (line.keys.back() == "-" && member(line.value, "in") == "path")
            names.insert(member(line.value, "name"));
    }
    for (const auto& [route, names] : named) {
        auto& expected = real[route];
        for (auto at = route.find('{'); at != std::string::npos; at = route.find('{', at + 1))
            expected.insert(route.substr(at + 1, route.find('}', at) - at - 1));
    }
    EXPECT_EQ(named, real);
}

TEST(OpenApi, NamesEachKeyOfACaptureWithItsType) {
    std::map<std::string, std::string> documented, real;
    for (const auto& line : described())
        if (line.keys.size() == 5 && line.keys[2] == "Capture" && line.keys[3] == "properties")
            documented[line.keys[4]] = member(line.value, "type");
    for (const auto& key : sources::capture_keys())
        real[std::string(key.name)] = std::string(key.type);
    EXPECT_EQ(documented, real);
}

TEST(OpenApi, RefersToNothingThatIsNotThere) {
    const auto lines = described();
    std::set<std::string> there;
    for (const auto& line : lines)
        if (line.keys.size() == 3 && line.keys[0] == "components")
            there.insert("#/components/" + line.keys[1] + "/" + line.keys[2]);
    std::size_t references = 0;
    for (const auto& line : lines)
        for (std::size_t at = 0; (at = line.value.find("$ref: '", at)) != std::string::npos;) {
            at += 7;
            const auto target = line.value.substr(at, line.value.find('\'', at) - at);
            EXPECT_TRUE(there.contains(target)) << target;
            ++references;
        }
    EXPECT_GE(references, 50u);
}

TEST(OpenApi, SaysThatAKeyIsWantedEverywhereButForHealth) {
    std::set<std::string> open;
    for (const auto& line : described())
        if (line.keys.size() == 4 && line.keys[3] == "security") open.insert(line.keys[1]);
    EXPECT_THAT(open, testing::ElementsAre("/health", "/health/notion"));
}

}  // namespace
}  // namespace dreams::web
