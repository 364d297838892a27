#include "config/settings.h"

#include <toml++/toml.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "base/text.h"

extern char** environ;

namespace dreams::config {
namespace {

const Setting* find(std::string_view key) {
    for (const auto& setting : all_settings())
        if (setting.key == key) return &setting;
    return nullptr;
}

/// The setting whose secret the key `fub.api_key_file` names a file for; null: it is none.
const Setting* behind_file_key(std::string_view key) {
    if (!key.ends_with("_file")) return nullptr;
    const Setting* setting = find(key.substr(0, key.size() - 5));
    return setting && setting->kind == Kind::secret ? setting : nullptr;
}

Error unknown(const std::string& name, const std::string& where, bool in_environment) {
    std::vector<std::string> known;
    for (const auto& setting : all_settings())
        known.push_back(in_environment ? environment_name(setting.key) : std::string(setting.key));
    const auto near = text::nearest(name, known);
    return {Fault::invalid,
            where + ": there is no setting " + name +
                (near.empty() ? "; `dreams config` lists them" : "; did you mean " + near + "?")};
}

std::string at_line(const std::string& file, const toml::node& node) {
    return file + ", line " + std::to_string(node.source().begin.line);
}

/// A TOML value as the text that the environment would hold.
std::string value_of(const Setting& setting, const toml::node& node, const std::string& file) {
    if (const auto* table = node.as_table(); table && setting.kind == Kind::words) {
        std::string pairs;
        for (const auto& [key, value] : *table) {
            const auto* word = value.as_string();
            if (!word)
                throw Error(Fault::invalid, at_line(file, value) + ": " + std::string(key.str()) +
                                                " must be a text");
            pairs += (pairs.empty() ? "" : ", ") + std::string(key.str()) + "=" + word->get();
        }
        return pairs;
    }
    if (const auto* array = node.as_array()) {
        std::string list;
        for (const auto& each : *array)
            if (const auto* word = each.as_string())
                list += (list.empty() ? "" : ", ") + word->get();
        return list;
    }
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* number = node.as_integer(); number && setting.kind == Kind::number)
        return std::to_string(number->get());
    throw Error(Fault::invalid, at_line(file, node) + ": " + std::string(setting.key) +
                                    " must be a " +
                                    (setting.kind == Kind::number ? "number" : "text"));
}

std::string first_line(const std::string& path, std::string_view key) {
    std::ifstream file(path);
    std::string line;
    if (!file || !std::getline(file, line))
        throw Error(Fault::not_found,
                    std::string(key) + "_file names " + path + ", which cannot be read");
    return std::string(text::trimmed(line));
}

std::string usual_file() {
    if (std::filesystem::exists("dreams.toml")) return "dreams.toml";
    const char* home = std::getenv("HOME");
    const auto path = std::filesystem::path(home ? home : "") / ".config/dreams/dreams.toml";
    return home && std::filesystem::exists(path) ? path.string() : "";
}

}  // namespace

Environment Environment::of_process() {
    Environment environment{.get = [](const std::string& name) -> std::optional<std::string> {
        const char* value = std::getenv(name.c_str());
        return value ? std::optional<std::string>(value) : std::nullopt;
    }};
    for (char** each = environ; *each; ++each)
        environment.names.emplace_back(
            std::string_view(*each).substr(0, std::string_view(*each).find('=')));
    return environment;
}

std::string environment_name(std::string_view key) {
    std::string name = "DREAMS_";
    for (const char c : key)
        name += c == '.' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return name;
}

std::string masked(const std::string& secret) {
    if (secret.empty()) return "";
    return secret.size() < 12 ? "••••" : "••••" + secret.substr(secret.size() - 4);
}

Settings Settings::load(const std::string& file, const Environment& environment) {
    Settings settings;
    for (const auto& setting : all_settings())
        settings.entries_.push_back({&setting, std::string(setting.default_value), "default"});
    if (!file.empty() && !std::filesystem::exists(file))
        throw Error(Fault::not_found, "there is no settings file " + file);
    settings.file_ = file.empty() ? usual_file() : file;
    if (!settings.file_.empty()) settings.read_file(settings.file_);
    settings.read_environment(environment);
    settings.read_secret_files();
    settings.check();
    return settings;
}

Settings::Entry& Settings::entry(std::string_view key) {
    for (auto& each : entries_)
        if (each.setting->key == key) return each;
    throw Error(Fault::internal, "there is no setting " + std::string(key));
}

void Settings::set(std::string_view key, const std::string& value, const std::string& source) {
    Entry& each = entry(key);
    each.value = value;
    each.source = source;
    check();
}

void Settings::read_file(const std::string& path) {
    toml::table root;
    try {
        root = toml::parse_file(path);
    } catch (const toml::parse_error& error) {
        throw Error(Fault::invalid, path + ", line " + std::to_string(error.source().begin.line) +
                                        ": " + std::string(error.description()));
    }
    const auto take = [&](const std::string& key, const toml::node& node) {
        if (const Setting* setting = find(key))
            set(key, value_of(*setting, node, path), path);
        else if (const Setting* secret = behind_file_key(key))
            secret_files_[std::string(secret->key)] = value_of(*secret, node, path);
        else
            throw unknown(key, at_line(path, node), false);
    };
    for (const auto& [name, node] : root) {
        const std::string section(name.str());
        const auto* table = node.as_table();
        if (!table || find(section)) {
            take(section, node);
            continue;
        }
        for (const auto& [key, value] : *table) take(section + "." + std::string(key.str()), value);
    }
}

void Settings::read_environment(const Environment& environment) {
    for (auto& each : entries_) {
        const auto name = environment_name(each.setting->key);
        if (const auto value = environment.get(name)) {
            each.value = *value;
            each.source = name;
        }
        if (const auto file = environment.get(name + "_FILE");
            file && each.setting->kind == Kind::secret)
            secret_files_[std::string(each.setting->key)] = *file;
    }
    for (const auto& name : environment.names) {
        if (!name.starts_with("DREAMS_")) continue;
        bool known = false;
        for (const auto& setting : all_settings())
            known =
                known || name == environment_name(setting.key) ||
                (setting.kind == Kind::secret && name == environment_name(setting.key) + "_FILE");
        if (!known) throw unknown(name, "the environment", true);
    }
}

void Settings::read_secret_files() {
    for (const auto& [key, path] : secret_files_) {
        Entry& each = entry(key);
        if (!each.value.empty()) continue;  // the secret itself goes before a file with it
        each.value = first_line(path, key);
        each.source = path;
    }
}

void Settings::check() const {
    for (const auto& [setting, value, source] : entries_) {
        const bool readable =
            value.empty() || (setting->kind == Kind::number    ? text::number(value).has_value()
                              : setting->kind == Kind::instant ? instant_from(value).has_value()
                                                               : true);
        if (!readable)
            throw Error(Fault::invalid, source + ": " + std::string(setting->key) + " cannot be '" +
                                            value +
                                            (setting->kind == Kind::instant
                                                 ? "'; an instant looks like 2026-01-19T16:00:00Z"
                                                 : "'; it must be a number"));
        if (setting->key == "environment" && value != "dev" && value != "prd")
            throw Error(Fault::invalid,
                        source + ": environment is dev or prd, not '" + value + "'");
    }
}

const std::string& Settings::text(std::string_view key) const {
    return const_cast<Settings*>(this)->entry(key).value;
}

std::optional<Instant> Settings::instant(std::string_view key) const {
    return instant_from(text(key));
}

std::map<std::string, std::string> Settings::words(std::string_view key) const {
    std::map<std::string, std::string> pairs;
    for (const auto& pair : text::split(text(key), ',')) {
        const auto equals = pair.find('=');
        if (equals == std::string::npos)
            throw Error(Fault::invalid, std::string(key) + ": '" + pair + "' has no '='");
        pairs[std::string(text::trimmed(pair.substr(0, equals)))] =
            std::string(text::trimmed(pair.substr(equals + 1)));
    }
    return pairs;
}

}  // namespace dreams::config
