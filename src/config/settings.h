#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace dreams::config {

enum class Kind {
    text,
    secret,   ///< shown masked; may stand in a file of its own
    number,   ///< at least 0, at most a million
    count,    ///< the same, and whole
    instant,  ///< `2026-01-19T16:00:00Z`
    zone,     ///< an IANA name
    path,     ///< of a file or a folder
    list,     ///< an array in dreams.toml, `a, b` in the environment
    words,    ///< a table in dreams.toml, `a=b, c=d` in the environment
};

/// A setting: declared once, in settings_list.cpp. `dreams config` and docs/settings.md follow.
struct Setting {
    std::string_view key;  ///< `fub.url`; in the environment DREAMS_FUB_URL
    Kind kind;
    std::string_view default_value;
    std::string_view unit;      ///< `seconds`, `URL`, …; empty: none
    std::string_view sentence;  ///< what it is for
};

/// Each setting there is, in the order in which people are shown them.
const std::vector<Setting>& all_settings();

/// The environment: a variable's value, none if it is not set; and all names that are set.
struct Environment {
    std::function<std::optional<std::string>(const std::string&)> get;
    std::vector<std::string> names;

    static Environment of_process();
};

/// What becomes of a secret whose file cannot be read: it is an error, or is told in unread().
enum class SecretFiles { needed, looked_at };

/// Every setting's value and where it comes from. The file is `--config`, else ./dreams.toml, else
/// ~/.config/dreams/dreams.toml; the environment goes before it, what is given on the command line
/// before both. A secret may stand in a file of its own that `<key>_file` names. A relative path in
/// the file leads from the file's folder.
class Settings {
public:
    /// `file`: from --config; empty: look at the two usual places. Throws Error: not_found (a file
    /// that was named is not there), unavailable (it cannot be read), invalid (unknown keys, with
    /// the nearest name; wrong types, with the line).
    static Settings load(const std::string& file, const Environment& environment,
                         SecretFiles files = SecretFiles::needed);

    /// What the command line says goes before everything else.
    void set(std::string_view key, const std::string& value, const std::string& source);

    /// Once the command line is read: a relative backup.folder that the file does not say leads
    /// from the database's folder, so that it is the same from everywhere.
    void settle_paths();

    struct Entry {
        const Setting* setting = nullptr;
        std::string value;
        std::string source;  ///< `default`, `dreams.toml`, `DREAMS_FUB_URL`, `--database`
    };
    const std::vector<Entry>& entries() const { return entries_; }

    const std::string& text(std::string_view key) const;  ///< empty: not set
    std::optional<Instant> instant(std::string_view key) const;
    /// Of a setting of Kind::number: one was read or is the default, else this throws
    /// Error{internal}.
    double number(std::string_view key) const;
    int count(std::string_view key) const;  ///< the same of Kind::count
    /// Of a setting of Kind::list.
    std::vector<std::string> list(std::string_view key) const;
    /// `a=b` pairs of a setting of Kind::words.
    std::map<std::string, std::string> words(std::string_view key) const;
    const std::string& file() const { return file_; }  ///< that was read; empty: none
    /// The files that secrets stand in, by the secrets' keys.
    const std::map<std::string, std::string, std::less<>>& secret_files() const {
        return secret_files_;
    }
    const std::vector<std::string>& unread() const { return unread_; }  ///< a sentence each

private:
    const Entry& entry(std::string_view key) const;
    void put(std::string_view key, const std::string& value, const std::string& source);
    void read_file(const std::string& path);
    void read_environment(const Environment& environment);
    void read_secret_files(SecretFiles files);

    std::vector<Entry> entries_;
    std::map<std::string, std::string, std::less<>> secret_files_;  ///< key → path
    std::vector<std::string> unread_;
    std::string file_;
};

/// A secret as `dreams config` shows it: its last four characters, and only of a long one.
std::string masked(const std::string& secret);

/// `fub.api_key` → `DREAMS_FUB_API_KEY`.
std::string environment_name(std::string_view key);

}  // namespace dreams::config
