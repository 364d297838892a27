#pragma once

#include <string>
#include <vector>

namespace dreams::config {

/// One key of a TOML file, with its value as the environment would hold it: arrays as `a, b`,
/// tables as `a=b, c=d`.
struct TomlEntry {
    enum class Type { text, number, instant, list, words, other };

    std::string key;  ///< `section.key`, or `key` of the top
    Type type = Type::other;
    std::string value;
    int line = 0;  ///< from 1
};

/// Reads a file of at most two levels, tables below them as values. Throws Error: unavailable (it
/// cannot be read), invalid (it is no TOML; the sentence says in which line).
std::vector<TomlEntry> read_toml(const std::string& path);

}  // namespace dreams::config
