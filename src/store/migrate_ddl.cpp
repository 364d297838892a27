#include "store/migrate_ddl.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.h"

namespace dreams::store {
namespace {

/// Where the quoted name or text that begins at `at` ends; `at` itself: none begins there.
std::size_t past_quotes(std::string_view sql, std::size_t at) {
    const char open = sql[at];
    if (open != '\'' && open != '"' && open != '`' && open != '[') return at;
    const char close = open == '[' ? ']' : open;
    // A doubled quote inside ends here and begins anew at once, which comes to the same.
    const auto end = sql.find(close, at + 1);
    return end == std::string_view::npos ? sql.size() : end + 1;
}

/// Where the comment that begins at `at` ends; `at` itself: none does.
std::size_t past_comment(std::string_view sql, std::size_t at) {
    const bool line = sql.substr(at, 2) == "--", block = sql.substr(at, 2) == "/*";
    if (!line && !block) return at;
    const auto end = sql.find(line ? "\n" : "*/", at + 2);
    return end == std::string_view::npos ? sql.size() : end + (line ? 1 : 2);
}

std::string unquoted(std::string_view name) {
    if (past_quotes(name, 0) == 0) return std::string(name);
    const char close = name[0] == '[' ? ']' : name[0];
    std::string plain;
    for (std::size_t i = 1; i + 1 < name.size(); ++i) {
        plain += name[i];
        if (name[i] == close) ++i;
    }
    return plain;
}

/// The first word or quoted name, doubled quotes inside included.
std::size_t head_length(std::string_view text) {
    if (past_quotes(text, 0) == 0)
        return std::min(text.size(), text.find_first_of(" \t\r\n(,'\"`["));
    std::size_t end = past_quotes(text, 0);
    while (end < text.size() && text[end] == text[0]) end = past_quotes(text, end);
    return end;
}

Definition definition(std::string_view text) {
    static constexpr std::array<std::string_view, 5> constraint_words{"constraint", "primary",
                                                                      "unique", "check", "foreign"};
    text = text::trimmed(text);
    const std::size_t end = text.empty() ? 0 : head_length(text);
    const auto head = text.substr(0, end);
    const bool constraint = std::ranges::any_of(
        constraint_words, [&](std::string_view word) { return text::same_word(word, head); });
    return {constraint || head.empty() ? "" : unquoted(head), std::string(head),
            std::string(text::trimmed(text.substr(end)))};
}

/// Without blanks and case, so that two ways to write one rule are equal.
std::string plain(std::string_view sql) {
    std::string result;
    for (const char c : text::lower(sql))
        if (!std::isspace(static_cast<unsigned char>(c)) && c != '"' && c != '`') result += c;
    return result;
}

}  // namespace

std::vector<Definition> definitions(std::string_view sql) {
    std::vector<Definition> found;
    std::string part;
    int depth = 0;
    for (std::size_t at = 0; at < sql.size();) {
        if (const auto end = past_comment(sql, at); end > at) {
            part += ' ';
            at = end;
            continue;
        }
        if (const auto end = past_quotes(sql, at); end > at) {
            part += sql.substr(at, end - at);
            at = end;
            continue;
        }
        const char c = sql[at++];
        if (c == '(' && ++depth == 1) {  // the list begins; what stood before was its name
            part.clear();
            continue;
        }
        if (c == ')' && --depth == 0) break;
        if (c == ',' && depth == 1) {
            found.push_back(definition(part));
            part.clear();
            continue;
        }
        part += c;
    }
    found.push_back(definition(part));
    return found;
}

Widened::Widened(const TableSpec& table, std::string_view owners) : table_(table) {
    for (auto& each : definitions(owners)) {
        const bool ours = std::ranges::any_of(table.columns, [&](const ColumnSpec& column) {
            return text::same_word(column.name, each.name);
        });
        if (ours || each.head.empty()) continue;
        if (!each.name.empty()) {
            extra_columns_.push_back(each.name);
            columns_.push_back(std::move(each));
        } else if (is_owners(each)) {
            constraints_.push_back(std::move(each));
        }
    }
}

bool Widened::is_owners(const Definition& constraint) const {
    const std::string text = plain(constraint.head + constraint.rest);
    if (text.find("primarykey") != std::string::npos || text == plain(table_.constraint))
        return false;
    const auto key = text.find("foreignkey(");
    if (key == std::string::npos) return true;
    // A reference of one of our columns is ours to declare: the predecessor's names leads.id where
    // the data say fub_id.
    const auto name = text.substr(key + 11, text.find(')', key) - key - 11);
    return std::ranges::none_of(table_.columns,
                                [&](const ColumnSpec& column) { return column.name == name; });
}

std::string Widened::create_sql(std::string_view name) const {
    TableSpec widened = table_;
    for (const auto& column : columns_)
        widened.columns.push_back({column.head, column.rest, "", "", ""});
    std::string rules(table_.constraint);
    for (const auto& each : constraints_)
        rules += (rules.empty() ? "" : ",\n    ") + each.head + " " + each.rest;
    widened.constraint = rules;
    return create_table_sql(widened, name);
}

std::string quoted_name(std::string_view name) {
    std::string result = "\"";
    for (const char c : name) result.append(c == '"' ? 2 : 1, c);
    return result + '"';
}

}  // namespace dreams::store
