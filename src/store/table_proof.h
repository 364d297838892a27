#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/db.h"

namespace dreams::store {

/// What a table holds, told so that another copy can be held against it.
struct TableProof {
    std::string table;
    std::int64_t rows = 0;
    std::string hash;  ///< BLAKE2b of its columns' names and of every value, in the rows' order

    bool operator==(const TableProof&) const = default;
};

/// Every table of the file, each read once.
std::vector<TableProof> prove(Db& db);

}  // namespace dreams::store
