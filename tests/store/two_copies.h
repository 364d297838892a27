#pragma once

// A file, a copy of it that both go on, and what is asked of them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/copies.h"

namespace dreams::test {

struct TwoCopies : testing::Test {
    Folder folder{quick_place()};
    void SetUp() override {
        original(folder, "a");
        copy(folder, "a", "b");
    }
    Db open(const std::string& file) { return store::open_file(folder.file(file)); }
    void in(const std::string& file, const std::string& sql) { open(file).script(sql); }
    store::MergeReport merge(const std::string& into = "a", const std::string& from = "b",
                             Instant now = monday + std::chrono::hours{1}) {
        return test::merge(folder, into, from, now);
    }
    static store::MergedTable of(const store::MergeReport& report, const std::string& table) {
        for (const auto& each : report.tables)
            if (each.table == table) return each;
        ADD_FAILURE() << "no " << table;
        return {};
    }
    template <class T = std::string>
    std::vector<T> ask(const std::string& file, const std::string& sql) {
        return open(file).list<T>(sql);
    }
};

}  // namespace dreams::test
