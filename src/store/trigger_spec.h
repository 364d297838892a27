#pragma once

#include <string>
#include <vector>

namespace dreams::store {

/// A trigger of ours: its name, the table that it is on, and its DDL.
struct TriggerSpec {
    std::string name, table, sql;
};

}  // namespace dreams::store
