#include "base/text.h"
#include "store/dictionary.h"

namespace dreams::store {
namespace {

/// A cell of a Markdown table: on one line, its bars no borders.
std::string cell(std::string_view text) {
    std::string cell;
    for (const char c : text) {
        if (c == '|') cell += '\\';
        cell += c == '\n' || c == '\r' ? ' ' : c;
    }
    return cell;
}

std::string joined(const std::vector<std::string>& words, std::string_view mark,
                   std::string_view between = ", ") {
    std::string text;
    for (const auto& word : words) {
        if (!text.empty()) text += between;
        text.append(mark).append(word).append(mark);
    }
    return text;
}

void add_columns(std::string& text, const DictionaryTable& table) {
    text += "| Column | Type | Description |\n|--------|------|-------------|\n";
    std::string heading;
    for (const auto& column : table.columns) {
        if (column.heading != heading && !column.heading.empty())
            text += "| **" + cell(column.heading) + "** | | |\n";
        heading = column.heading;
        text += "| " + cell(column.name) + " | " + cell(column.type) + " | " +
                cell(column.description) + " |\n";
    }
    text += "\n";
}

void add_table(std::string& text, const DictionaryTable& table, bool with_rows) {
    text += "### " + table.name + "\n" + table.purpose + "\n\n";
    add_columns(text, table);
    std::string facts;
    const auto add = [&](std::string_view title, const std::string& what) {
        if (what.empty()) return;
        if (!facts.empty()) facts += "  \n";
        facts += "**" + std::string(title) + ":** " + what;
    };
    add("Indexes", joined(table.indexes, "`"));
    add("Constraints", joined(table.constraints, "", "; "));
    add("Lacking", joined(table.lacking, "`"));
    if (with_rows) add("Rows", text::grouped(table.rows));
    if (!facts.empty()) text += facts + "\n\n";
    text += "---\n\n";
}

void add_environments(std::string& text, const Environments& both) {
    text += "## Environment Comparison\n\n| Table | " + cell(both.a) + " Rows | " + cell(both.b) +
            " Rows | Status |\n|-------|----------|----------|--------|\n";
    for (const auto& table : both.tables) {
        std::string status = table.identical() ? "✓ Synced" : table.own ? "– " : "⚠ ";
        if (!table.identical()) status += difference(table, both.a, both.b);
        text += "| " + cell(table.table) + " | " + text::grouped(table.a) + " | " +
                text::grouped(table.b) + " | " + cell(status) + " |\n";
    }
    text += "\n---\n\n";
}

void add_extras(std::string& text, const std::vector<DictionaryExtra>& extras) {
    if (extras.empty()) return;
    text +=
        "## Views and Triggers\n\nThe file's owner's own; DREAMS leaves them as they are.\n\n"
        "| Name | Kind | Of |\n|------|------|----|\n";
    for (const auto& extra : extras)
        text +=
            "| " + cell(extra.name) + " | " + cell(extra.type) + " | " + cell(extra.table) + " |\n";
    text += "\n---\n\n";
}

void add_flow(std::string& text, const std::vector<DataFlow>& flows) {
    if (flows.empty()) return;
    text += "## Data Flow\n\n| From | By | Into |\n|------|----|------|\n";
    for (const auto& flow : flows)
        text +=
            "| " + cell(flow.source) + " | " + cell(flow.way) + " | " + cell(flow.tables) + " |\n";
    text += "\n---\n\n";
}

void add_jobs(std::string& text, const std::vector<DictionaryJob>& jobs) {
    if (jobs.empty()) return;
    text += "## Cron Jobs\n\n| Schedule | Job | Environment |\n|----------|-----|-------------|\n";
    for (const auto& job : jobs)
        text += "| " + cell(job.schedule) + " | " + cell(job.job) + " | " + cell(job.environment) +
                " |\n";
    text += "\n---\n\n";
}

void add_notes(std::string& text, const std::vector<DictionaryGroup>& groups, bool with_rows) {
    text +=
        "## Notes\n\n"
        "1. **ID Formats:** `leads.id` is a UUID for older people, the FUB person number for newer "
        "ones; `leads.fub_id` is always FUB's number. `contact_events.contact_id` holds "
        "`leads.fub_id`, every other table `leads.id`.\n"
        "2. **Instants** are text `YYYY-MM-DDTHH:MM:SSZ`, in UTC; dates are `YYYY-MM-DD`.\n"
        "3. **Moving the file:** `dreams backup` makes a copy that can be trusted; a plain copy of "
        "a file in use can not.\n";
    std::vector<std::string> empty;
    for (const auto& group : groups)
        for (const auto& table : group.tables)
            if (table.rows == 0) empty.push_back(table.name);
    if (with_rows && !empty.empty()) text += "4. **Empty tables:** " + joined(empty, "`") + ".\n";
}

}  // namespace

std::string dictionary_text(const std::vector<DictionaryGroup>& groups,
                            const DictionaryDocument& document) {
    const bool with_rows = document.updated.has_value();
    std::string text = "# DREAMS Data Dictionary\n\n";
    if (document.updated) text += "**Last Updated:** " + to_text(*document.updated) + "  \n";
    text += "**Database:** `" + document.database + "`";
    if (!document.environment.empty()) text += "  \n**Environment:** " + document.environment;
    text += "\n\n---\n\n";
    if (document.environments) add_environments(text, *document.environments);
    for (const auto& group : groups) {
        text += "## " + group.title + "\n\n";
        for (const auto& table : group.tables) add_table(text, table, with_rows);
    }
    add_extras(text, document.extras);
    add_flow(text, document.flows);
    add_jobs(text, document.jobs);
    add_notes(text, groups, with_rows);
    return text;
}

}  // namespace dreams::store
