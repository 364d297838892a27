#include "config/toml_file.h"

#include <toml++/toml.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "base/error.h"

namespace dreams::config {
namespace {

using Type = TomlEntry::Type;

/// A value without parts, as text; of Type::other when it is none that a setting can have.
TomlEntry single(const toml::node& node) {
    if (const auto* text = node.as_string()) return {.type = Type::text, .value = text->get()};
    if (node.is_number()) {
        std::ostringstream number;
        node.is_integer() ? number << node.as_integer()->get()
                          : number << node.as_floating_point()->get();
        return {.type = Type::number, .value = number.str()};
    }
    if (const auto* instant = node.as_date_time()) {
        std::ostringstream text;
        text << instant->get();
        return {.type = Type::instant, .value = text.str()};
    }
    return {};
}

/// Texts of an array or a table, joined; of Type::other when one of them is no text.
TomlEntry joined(const toml::node& node) {
    TomlEntry entry{.type = node.is_array() ? Type::list : Type::words};
    const auto add = [&](const std::string& before, const toml::node& part) {
        const auto text = single(part);
        if (text.type != Type::text) entry.type = Type::other;
        entry.value += (entry.value.empty() ? "" : ", ") + before + text.value;
    };
    if (const auto* array = node.as_array())
        for (const auto& part : *array) add("", part);
    else
        for (const auto& [key, part] : *node.as_table()) add(std::string(key.str()) + "=", part);
    return entry;
}

TomlEntry entry_of(std::string key, const toml::node& node) {
    auto entry = node.is_array() || node.is_table() ? joined(node) : single(node);
    entry.key = std::move(key);
    entry.line = static_cast<int>(node.source().begin.line);
    return entry;
}

toml::table parsed(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    // An empty file gives no character, which is a failure of `text` and none of the file's.
    if (!file || (file.peek() != std::ifstream::traits_type::eof() && !(text << file.rdbuf())) ||
        file.bad())
        throw Error(Fault::unavailable, path + " cannot be read: " + std::strerror(errno));
    try {
        return toml::parse(text.str(), path);
    } catch (const toml::parse_error& error) {
        throw Error(Fault::invalid, path + ", line " + std::to_string(error.source().begin.line) +
                                        ": this cannot be read as a setting, as zone = "
                                        "'America/New_York' is one (" +
                                        std::string(error.description()) + ")");
    }
}

}  // namespace

std::vector<TomlEntry> read_toml(const std::string& path) {
    const auto root = parsed(path);
    std::vector<TomlEntry> entries;
    for (const auto& [name, node] : root) {
        const std::string section(name.str());
        const auto* table = node.as_table();
        if (!table || table->empty()) {
            entries.push_back(entry_of(section, node));
            continue;
        }
        for (const auto& [key, value] : *table)
            entries.push_back(entry_of(section + "." + std::string(key.str()), value));
    }
    return entries;
}

}  // namespace dreams::config
