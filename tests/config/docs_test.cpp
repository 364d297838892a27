// docs/settings.md lists every setting, and none that there is not: the same table as the one
// below makes from the declarations.

#include <gtest/gtest.h>

#include <sstream>

#include "base/text.h"
#include "config/settings.h"
#include "support/folder.h"

namespace dreams::config {
namespace {

std::string cell(std::string_view text) {
    return text.empty() ? " " : " " + std::string(text) + " ";
}
std::string code(std::string_view text) {
    return text.empty() ? "" : "`" + std::string(text) + "`";
}

std::string row_of(const Setting& setting) {
    return "|" + cell(code(setting.key)) + "|" + cell(code(environment_name(setting.key))) + "|" +
           cell(code(setting.default_value)) + "|" + cell(setting.unit) + "|" +
           cell(setting.sentence) + "|";
}

std::string table_of_all() {
    std::string table =
        "| in dreams.toml | in the environment | default | unit | what it is for |\n"
        "|---|---|---|---|---|\n";
    for (const auto& setting : all_settings()) table += row_of(setting) + "\n";
    return table;
}

TEST(SettingsDocs, HoldTheTableOfAllSettings) {
    const auto docs = test::read_file(DREAMS_ROOT "/docs/settings.md");
    EXPECT_NE(docs.find(table_of_all()), std::string::npos)
        << "docs/settings.md should hold this:\n\n"
        << table_of_all();
}

TEST(SettingsDocs, SpeakOfNothingElse) {
    std::istringstream docs(test::read_file(DREAMS_ROOT "/docs/settings.md"));
    std::size_t rows = 0;
    for (std::string line; std::getline(docs, line);) rows += line.starts_with("| `");
    EXPECT_EQ(rows, all_settings().size());
}

TEST(SettingsDocs, EachSettingIsToldInOneSentence) {
    for (const auto& setting : all_settings()) {
        const bool ended = setting.sentence.ends_with('.') || setting.sentence.ends_with('/');
        EXPECT_TRUE(ended) << setting.key;
        EXPECT_LE(setting.sentence.size(), 150u) << setting.key;
    }
}

}  // namespace
}  // namespace dreams::config
