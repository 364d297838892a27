#pragma once

// Reads the text of a CREATE TABLE as far as `dreams migrate` needs to: what an owner added to a
// table is to be found in the new one, word for word.

#include <string>
#include <string_view>
#include <vector>

#include "store/schema.h"

namespace dreams::store {

/// What stands between two commas of a CREATE TABLE.
struct Definition {
    std::string name;  ///< of the column, unquoted; empty: a constraint of the table
    std::string head;  ///< the name as written; of a constraint its first word
    std::string rest;  ///< all that follows: type, default, rules
};

/// The columns and constraints of a CREATE TABLE text, comments left out.
std::vector<Definition> definitions(std::string_view create_table);

/// `table` and what the owner's own CREATE TABLE text has beyond it: columns of other names,
/// checks, UNIQUE and FOREIGN KEY that the table does not declare itself.
class Widened {
public:
    Widened(const TableSpec& table, std::string_view owners_create_table);

    /// The CREATE TABLE under another name.
    std::string create_sql(std::string_view name) const;
    /// The owner's columns, unquoted.
    const std::vector<std::string>& extra_columns() const { return extra_columns_; }

private:
    bool is_owners(const Definition& constraint) const;
    const TableSpec& table_;
    std::vector<Definition> columns_, constraints_;
    std::vector<std::string> extra_columns_;
};

/// An SQL name in quotes: `"my column"`.
std::string quoted_name(std::string_view name);

}  // namespace dreams::store
