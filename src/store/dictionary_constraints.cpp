#include "store/dictionary_constraints.h"

#include <optional>

#include "base/record.h"
#include "base/text.h"

namespace dreams::store {
namespace {

/// Words, quoted texts and names, signs; remarks and blanks are left out.
class Tokens {
public:
    explicit Tokens(std::string_view sql) : rest_(sql) {}

    /// None: that was the last.
    std::optional<std::string_view> next() {
        skip_blanks();
        if (rest_.empty()) return std::nullopt;
        const auto length = length_of_first();
        const auto token = rest_.substr(0, length);
        rest_.remove_prefix(length);
        return token;
    }

private:
    static bool in_word(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '.' || c == '$' || (c & 0x80) != 0;
    }
    void skip_to(std::string_view end) {
        const auto at = rest_.find(end);
        rest_.remove_prefix(at == std::string_view::npos ? rest_.size() : at + end.size());
    }
    void skip_blanks() {
        while (!rest_.empty()) {
            if (rest_.starts_with("--"))
                skip_to("\n");
            else if (rest_.starts_with("/*"))
                skip_to("*/");
            else if (std::string_view(" \t\r\n\f").find(rest_[0]) != std::string_view::npos)
                rest_.remove_prefix(1);
            else
                return;
        }
    }
    std::size_t length_of_first() const {
        const char first = rest_[0];
        if (first == '\'' || first == '"' || first == '`' || first == '[') {
            const auto end = rest_.find(first == '[' ? ']' : first, 1);
            return end == std::string_view::npos ? rest_.size() : end + 1;
        }
        std::size_t length = 0;
        while (length < rest_.size() && in_word(rest_[length])) ++length;
        if (length > 0) return length;
        for (const auto* sign : {"<=", ">=", "<>", "!=", "==", "||", "->>", "->"})
            if (rest_.starts_with(sign)) return std::string_view(sign).size();
        return 1;
    }
    std::string_view rest_;
};

/// What stands until the parenthesis that was opened is closed.
std::string until_closed(Tokens& tokens) {
    std::string said;
    std::string_view before = "(";
    int open = 1;
    while (const auto token = tokens.next()) {
        open += *token == "(" ? 1 : *token == ")" ? -1 : 0;
        if (open == 0) break;
        const bool close = before == "(" || *token == ")" || *token == ",";
        // A function's name and the text that two quotes make of one stand together.
        const bool call = *token == "(" && before.size() > 1 && !text::same_word(before, "in") &&
                          !text::same_word(before, "and") && !text::same_word(before, "or") &&
                          !text::same_word(before, "not");
        const bool quote = token->front() == '\'' && before.ends_with('\'');
        if (!close && !call && !quote) said += ' ';
        said += *token;
        before = *token;
    }
    return said;
}

struct Asked {
    std::string column;
    bool not_null = false;
    std::optional<std::string> by_default;
    int key = 0;

    static constexpr auto columns() {
        return Columns{Column{"name", &Asked::column}, Column{"not_null", &Asked::not_null},
                       Column{"dflt_value", &Asked::by_default}, Column{"pk", &Asked::key}};
    }
};

/// As pragma_foreign_key_list has it: a row a column.
struct Reference {
    std::string from, table, to, on_delete, on_update;

    static constexpr auto columns() {
        return Columns{Column{"from", &Reference::from}, Column{"table", &Reference::table},
                       Column{"to", &Reference::to}, Column{"on_delete", &Reference::on_delete},
                       Column{"on_update", &Reference::on_update}};
    }
};

void add(std::string& list, const std::string& what) {
    list += (list.empty() ? "" : ", ") + what;
}

void add_of_columns(Db& db, const std::string& table, std::vector<std::string>& all) {
    std::string needed, defaults;
    for (const auto& each : db.list<Asked>(
             R"(SELECT name, "notnull" AS not_null, dflt_value, pk FROM pragma_table_info(:table))",
             {{"table", table}})) {
        if (each.not_null && each.key == 0) add(needed, each.column);
        if (each.by_default) add(defaults, each.column + " " + *each.by_default);
    }
    if (!needed.empty()) all.push_back("NOT NULL: " + needed);
    if (!defaults.empty()) all.push_back("DEFAULT: " + defaults);
}

void add_unique(Db& db, const std::string& table, std::vector<std::string>& all) {
    for (const auto& columns : db.list<std::string>(R"sql(
             SELECT (SELECT group_concat(coalesce(name, 'an expression'), ', ')
                       FROM pragma_index_info(list.name))
               FROM pragma_index_list(:table) AS list WHERE origin = 'u' ORDER BY seq DESC)sql",
                                                    {{"table", table}}))
        all.push_back("UNIQUE(" + columns + ")");
}

void add_references(Db& db, const std::string& table, std::vector<std::string>& all) {
    for (const auto& each : db.list<Reference>(
             R"(SELECT "from", "table", coalesce("to", '') AS "to", on_delete, on_update
                  FROM pragma_foreign_key_list(:table) ORDER BY id DESC, seq)",
             {{"table", table}})) {
        auto said = each.from + " REFERENCES " + each.table;
        if (!each.to.empty()) said += "(" + each.to + ")";
        if (each.on_delete != "NO ACTION") said += " ON DELETE " + each.on_delete;
        if (each.on_update != "NO ACTION") said += " ON UPDATE " + each.on_update;
        all.push_back(said);
    }
}

}  // namespace

std::vector<std::string> checks_in(std::string_view ddl) {
    std::vector<std::string> checks;
    Tokens tokens(ddl);
    bool check = false;
    while (const auto token = tokens.next()) {
        if (check && *token == "(") checks.push_back(until_closed(tokens));
        check = text::same_word(*token, "check");
    }
    return checks;
}

std::vector<std::string> constraints_of(Db& db, const std::string& table) {
    std::vector<std::string> all;
    add_of_columns(db, table, all);
    add_unique(db, table, all);
    add_references(db, table, all);
    const auto ddl = db.one<std::string>(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :table AND sql IS NOT NULL",
        {{"table", table}});
    if (ddl)
        for (const auto& check : checks_in(*ddl)) all.push_back("CHECK(" + check + ")");
    return all;
}

}  // namespace dreams::store
