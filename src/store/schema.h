#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/db.h"

namespace dreams::store {

/// The schema number this program writes, in PRAGMA user_version. 0 is a file of the predecessor.
constexpr int schema_version = 1;

/// A column as the data dictionary lists it, and what SQLite is told beyond its type.
struct ColumnSpec {
    std::string_view name;
    std::string_view type;          ///< TEXT, INTEGER or REAL
    std::string_view rule;          ///< `PRIMARY KEY`, `NOT NULL REFERENCES leads(id)`, a DEFAULT
    std::string_view description;   ///< the dictionary's words
    std::string_view heading = "";  ///< the group it stands under, e.g. `Scoring Fields`
};

enum class Unique { no, yes };
enum class Asked { by_dictionary, by_us };  ///< ours serve searches that the dictionary's do not

struct IndexSpec {
    std::string_view name;
    std::string_view columns;
    Unique unique;
    Asked asked;
};

/// A table, declared once: its DDL, the data dictionary and `dreams migrate` follow from it.
struct TableSpec {
    std::string_view name;
    std::string_view purpose;
    std::vector<ColumnSpec> columns;
    std::string_view constraint = "";
    std::vector<IndexSpec> indexes = {};
};

/// The twelve tables of the data dictionary, parents before children.
const std::vector<const TableSpec*>& dictionary_tables();
/// Ours, `dreams_…`: what the twelve have no column for.
const std::vector<const TableSpec*>& side_tables();

std::string create_table_sql(const TableSpec& table, std::string_view name);
std::string create_index_sql(const IndexSpec& index, std::string_view table);

/// Makes what is missing of tables and indexes; touches nothing that is there.
void create_schema(Db& db);

/// The schema number of a file that is called `name`, at most this program's own. Throws
/// Error{invalid}: a newer program wrote it.
int known_version(Db& db, const std::string& name);
/// Throws Error{invalid}: no program of ours or of the predecessor made this file.
void require_people(Db& db, const std::string& name);

/// Opens a file that `dreams init` or `dreams migrate` has made. Side tables and indexes that an
/// earlier program did not know yet are added. Throws Error: not_found (no file: run init), invalid
/// (a predecessor's file: run migrate; a newer file than this program; not whole: whole_file.h).
Db open_file(const std::string& path, Db::Mode mode = Db::Mode::read_write);

/// Makes a new file, for its owner's eyes only: whole, or none. Throws Error: conflict (there is
/// one already; it is not touched), not_found (no such folder), unavailable (the disk).
void init_file(const std::string& path);

}  // namespace dreams::store
