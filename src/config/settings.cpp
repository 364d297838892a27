#include "config/settings.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "base/text.h"
#include "config/setting_path.h"
#include "config/toml_file.h"

extern char** environ;

namespace dreams::config {
namespace {

constexpr std::string_view file_end = "_file";  ///< of a key that names a file with a secret in it
constexpr double most = 1'000'000;  ///< of any number: more is a slip, and no count or time we keep

const Setting* find(std::string_view key) {
    const auto found = std::ranges::find(all_settings(), key, &Setting::key);
    return found == all_settings().end() ? nullptr : &*found;
}

/// The setting whose secret the key `fub.api_key_file` names a file for; null: it is none.
const Setting* behind_file_key(std::string_view key) {
    if (!key.ends_with(file_end)) return nullptr;
    const Setting* setting = find(key.substr(0, key.size() - file_end.size()));
    return setting && setting->kind == Kind::secret ? setting : nullptr;
}

enum class Where { file, environment };

/// What an unknown name could have meant.
Error unknown(const std::string& name, const std::string& where, Where kind) {
    std::vector<std::string> known;
    for (const auto& setting : all_settings())
        for (const auto* end : {"", "_file"}) {
            if (*end && setting.kind != Kind::secret) continue;
            const auto key = std::string(setting.key) + end;
            known.push_back(kind == Where::environment ? environment_name(key) : key);
        }
    const auto near = text::nearest(name, known);
    return {Fault::invalid,
            where + ": there is no setting " + name +
                (near.empty() ? "; `dreams config` lists them" : "; did you mean " + near + "?")};
}

bool fits(TomlEntry::Type type, Kind kind) {
    using enum TomlEntry::Type;
    switch (kind) {
        case Kind::number:
        case Kind::count:
            return type == number;
        case Kind::instant:
            return type == text || type == instant;
        case Kind::list:
            return type == text || type == list;
        case Kind::words:
            return type == text || type == words;
        default:
            return type == text;
    }
}

std::string_view described(Kind kind) {
    switch (kind) {
        case Kind::number:
            return "a number from 0 to 1000000";
        case Kind::count:
            return "a whole number from 0 to 1000000";
        case Kind::instant:
            return "an instant, like 2026-01-19T16:00:00Z";
        case Kind::zone:
            return "a time zone, like America/New_York";
        case Kind::list:
            return "a list of texts";
        case Kind::words:
            return "a table of texts, in the environment `type=word, type=word`";
        default:
            return "a text";
    }
}

bool is_pairs(const std::string& value) {
    return std::ranges::all_of(text::split(value, ','), [](const std::string& pair) {
        const auto equals = pair.find('=');
        return equals != std::string::npos && equals > 0 && equals + 1 < pair.size();
    });
}

bool is_zone(const std::string& name) {
    try {
        return Zone(name).name() == name;
    } catch (const Error&) {  // there is no other way to ask
        return false;
    }
}

/// None: it is none, or out of bounds, whatever kind of number is asked for.
std::optional<double> number_in(const std::string& value, Kind kind) {
    const auto number = text::number(value);
    if (!number || !(*number >= 0 && *number <= most)) return std::nullopt;
    if (kind == Kind::count && std::floor(*number) != *number) return std::nullopt;
    return number;
}

/// Throws Error{invalid}: the setting cannot have this value. Nothing is a value where a setting
/// may be not set; numbers and the zone always have one.
void check(const Setting& setting, const std::string& value, const std::string& source) {
    const bool is_number = setting.kind == Kind::number || setting.kind == Kind::count;
    const bool readable = setting.kind == Kind::zone ? is_zone(value)
                          : is_number                ? number_in(value, setting.kind).has_value()
                          : value.empty()            ? true
                          : setting.kind == Kind::instant ? instant_from(value).has_value()
                          : setting.kind == Kind::words   ? is_pairs(value)
                                                          : true;
    if (!readable)
        throw Error(Fault::invalid, source + ": " + std::string(setting.key) + " cannot be '" +
                                        value + "'; it must be " +
                                        std::string(described(setting.kind)));
    if (setting.key == "environment" && value != "dev" && value != "prd")
        throw Error(Fault::invalid, source + ": environment is dev or prd, not '" + value + "'");
}

std::string first_line(const std::string& path, std::string_view key) {
    std::ifstream file(path);
    std::string line;
    if (!file || !std::getline(file, line))
        throw Error(Fault::not_found, std::string(key) + std::string(file_end) + " names " + path +
                                          ", which cannot be read");
    return std::string(text::trimmed(line));
}

std::string usual_file() {
    std::error_code unreadable;  // a folder that may not be looked into holds no settings of ours
    if (std::filesystem::exists("dreams.toml", unreadable)) return "dreams.toml";
    const char* home = std::getenv("HOME");
    if (!home) return "";
    const auto path = std::filesystem::path(home) / ".config/dreams/dreams.toml";
    return std::filesystem::exists(path, unreadable) ? path.string() : "";
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

Settings Settings::load(const std::string& file, const Environment& environment,
                        SecretFiles files) {
    Settings settings;
    for (const auto& setting : all_settings())
        settings.entries_.push_back({&setting, std::string(setting.default_value), "default"});
    if (!file.empty() && !std::filesystem::exists(file))
        throw Error(Fault::not_found, "there is no settings file " + file);
    settings.file_ = file.empty() ? usual_file() : file;
    if (!settings.file_.empty()) settings.read_file(settings.file_);
    settings.read_environment(environment);
    settings.read_secret_files(files);
    return settings;
}

const Settings::Entry& Settings::entry(std::string_view key) const {
    for (const auto& each : entries_)
        if (each.setting->key == key) return each;
    throw Error(Fault::internal, "there is no setting " + std::string(key));
}

void Settings::set(std::string_view key, const std::string& value, const std::string& source) {
    check(*entry(key).setting, value, source);
    put(key, value, source);
}

void Settings::put(std::string_view key, const std::string& value, const std::string& source) {
    for (auto& each : entries_)
        if (each.setting->key == key) each = {each.setting, value, source};
}

void Settings::settle_paths() {
    const auto& backups = entry("backup.folder");
    if (!file_.empty() && backups.source == file_) return;
    const auto beside = std::filesystem::path(text("database")).parent_path();
    put("backup.folder", setting_path(backups.value, beside), std::string(backups.source));
}

void Settings::read_file(const std::string& path) {
    const auto folder = std::filesystem::path(path).parent_path();
    for (const auto& [key, type, value, line] : read_toml(path)) {
        const auto where = path + ", line " + std::to_string(line);
        const Setting* setting = find(key);
        const Setting* secret = setting ? nullptr : behind_file_key(key);
        if (!setting && !secret) throw unknown(key, where, Where::file);
        const Kind kind = setting ? setting->kind : Kind::text;
        if (!fits(type, kind))
            throw Error(Fault::invalid,
                        where + ": " + key + " must be " + std::string(described(kind)));
        if (secret) {
            secret_files_[std::string(secret->key)] = setting_path(value, folder);
            continue;
        }
        check(*setting, value, where);
        put(key, kind == Kind::path ? setting_path(value, folder) : value, path);
    }
}

void Settings::read_environment(const Environment& environment) {
    std::map<std::string, std::string> keys;  // by the name in the environment
    for (const auto& setting : all_settings()) {
        keys[environment_name(setting.key)] = setting.key;
        if (setting.kind == Kind::secret) {
            const auto key = std::string(setting.key) + std::string(file_end);
            keys[environment_name(key)] = key;
        }
    }
    for (const auto& name : environment.names) {
        if (!name.starts_with("DREAMS_")) continue;
        const auto found = keys.find(name);
        if (found == keys.end()) throw unknown(name, "the environment", Where::environment);
        const auto value = environment.get(name).value_or("");
        if (const Setting* secret = behind_file_key(found->second)) {
            secret_files_[std::string(secret->key)] = value;
            // It goes before a secret in dreams.toml, but not before one in the environment.
            if (!environment.get(environment_name(secret->key))) put(secret->key, "", name);
        } else {
            set(found->second, value, name);
        }
    }
}

void Settings::read_secret_files(SecretFiles files) {
    for (const auto& [key, path] : secret_files_) {
        if (!entry(key).value.empty()) continue;  // the secret itself goes before a file with it
        try {
            put(key, first_line(path, key), path);
        } catch (const Error& error) {
            if (files == SecretFiles::needed) throw;
            unread_.emplace_back(error.what());
        }
    }
}

const std::string& Settings::text(std::string_view key) const {
    return entry(key).value;
}

std::optional<Instant> Settings::instant(std::string_view key) const {
    return instant_from(text(key));
}

double Settings::number(std::string_view key) const {
    const auto& held = entry(key);
    const auto number = number_in(held.value, held.setting->kind);
    if (!number) throw Error(Fault::internal, std::string(key) + " is no number");
    return *number;
}

int Settings::count(std::string_view key) const {
    if (entry(key).setting->kind != Kind::count)
        throw Error(Fault::internal, std::string(key) + " is no count");
    return static_cast<int>(number(key));
}

std::vector<std::string> Settings::list(std::string_view key) const {
    return text::split(text(key), ',');
}

std::map<std::string, std::string> Settings::words(std::string_view key) const {
    std::map<std::string, std::string> pairs;
    for (const auto& pair : text::split(text(key), ',')) {
        const auto equals = pair.find('=');  // it has one: checked when it was set
        pairs[std::string(text::trimmed(pair.substr(0, equals)))] =
            std::string(text::trimmed(pair.substr(equals + 1)));
    }
    return pairs;
}

}  // namespace dreams::config
