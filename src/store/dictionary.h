#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/db.h"
#include "base/json_writer.h"
#include "store/compare.h"

namespace dreams::store {

struct DictionaryColumn {
    std::string name;
    std::string type;  ///< as the file declares it, with ` PK` or ` FK`
    std::string description;
    std::string heading;  ///< the group it stands under; may be empty
};

/// A table as the file has it, in the schema's words.
struct DictionaryTable {
    std::string name;
    std::string purpose;
    std::vector<DictionaryColumn> columns;
    std::vector<std::string> indexes;      ///< `contact_id + occurred_at DESC`
    std::vector<std::string> constraints;  ///< `UNIQUE(contact_id, property_id)`
    std::vector<std::string> lacking;      ///< columns that it ought to have and has not
    std::int64_t rows = 0;
};

/// Tables under one title: `Core Tables`, `Property Tables`, …
struct DictionaryGroup {
    std::string title;
    std::vector<DictionaryTable> tables;
};

/// Every table of the file. Types, keys, indexes and constraints are the file's; the words are
/// the schema's. What the schema does not know is the owner's, and said to be.
std::vector<DictionaryGroup> dictionary(Db& db);

/// Where the rows of some tables come from.
struct DataFlow {
    std::string_view source;
    std::string_view way;     ///< the command or the page
    std::string_view tables;  ///< comma-separated
};
const std::vector<DataFlow>& data_flows();

/// When something is done by itself.
struct DictionaryJob {
    std::string schedule, job, environment;
};

/// The two sides of an environment table, and how they compare.
struct Environments {
    std::string a, b;  ///< names for the columns: `DEV`, `PRD`
    std::vector<TableComparison> tables;
};

/// What the document says beside the tables.
struct DictionaryDocument {
    std::string database;
    std::string environment;
    std::optional<Date> updated;  ///< none: neither a day nor row counts are told
    std::vector<DictionaryJob> jobs = {};
    std::optional<Environments> environments = {};
};

/// Tables, data flow and jobs as members `tables`, `flows` and `jobs` of an object that is being
/// written.
void write_dictionary(json::Writer& json, const std::vector<DictionaryGroup>& groups,
                      const std::vector<DictionaryJob>& jobs);

/// The whole data dictionary as Markdown.
std::string dictionary_text(const std::vector<DictionaryGroup>& groups,
                            const DictionaryDocument& document);

}  // namespace dreams::store
