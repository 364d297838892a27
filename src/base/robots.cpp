#include "base/robots.h"

#include <algorithm>

#include "base/text.h"

namespace dreams::http {
namespace {

constexpr std::size_t most_bytes = 512u << 10;  // RFC 9309 §2.5: at least 500 KiB
constexpr std::chrono::seconds longest_delay{3600};

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

/// 0–15; −1: no hexadecimal digit.
int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

void append_encoded(std::string& out, unsigned char byte) {
    static constexpr char digits[] = "0123456789ABCDEF";
    ((out += '%') += digits[byte >> 4]) += digits[byte & 15];
}

enum class Side { path, rule };

/// Both sides in one spelling (§2.2.2): `%7e` is `~`, `%3c` is `%3C`, `ä` is `%C3%A4`. In a path
/// `*` and `$` are letters like any other, in a rule they are not: so the path's are encoded.
std::string normal_path(std::string_view text, Side side) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool ends_rule = c == '$' && i + 1 == text.size();
        if (c == '%' && i + 2 < text.size() && digit_of(text[i + 1]) >= 0 &&
            digit_of(text[i + 2]) >= 0) {
            const auto byte =
                static_cast<unsigned char>(digit_of(text[i + 1]) * 16 + digit_of(text[i + 2]));
            if (is_unreserved(static_cast<char>(byte)))
                out += static_cast<char>(byte);
            else
                append_encoded(out, byte);
            i += 2;
        } else if (side == Side::rule && (c == '*' || ends_rule)) {
            if (c != '*' || !out.ends_with('*')) out += c;  // `**` says no more than `*`
        } else if (c == '*' || c == '$' || c <= ' ' || static_cast<unsigned char>(c) >= 0x7f) {
            append_encoded(out, static_cast<unsigned char>(c));
        } else {
            out += c;
        }
    }
    return out;
}

/// Whether `pattern` matches a beginning of `path`; with `$` at its end, all of it. Walks on, and
/// back to the last `*` when it cannot: never worse than the two lengths multiplied.
bool matches(std::string_view pattern, std::string_view path) {
    const bool to_the_end = pattern.ends_with('$');
    if (to_the_end) pattern.remove_suffix(1);
    std::size_t p = 0, s = 0, star = pattern.npos, after_star = 0;
    for (;;) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            after_star = s;
        } else if (p == pattern.size() && (!to_the_end || s == path.size())) {
            return true;
        } else if (p < pattern.size() && s < path.size() && pattern[p] == path[s]) {
            ++p, ++s;
        } else if (star != pattern.npos && after_star < path.size()) {
            p = star + 1;
            s = ++after_star;
        } else {
            return false;
        }
    }
}

/// The token a `User-agent` line names: `Dreams/2.0 (…)` is `Dreams`; `*` is every program.
std::string_view token_in(std::string_view value) {
    if (value == "*" || value.starts_with("* ") || value.starts_with("*\t")) return "*";
    const auto end = std::ranges::find_if(value, [](char c) {
        return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_');
    });
    return value.substr(0, static_cast<std::size_t>(end - value.begin()));
}

}  // namespace

/// Reads line by line; keeps what is said to us and what is said to everybody apart.
class RobotsReader {
public:
    explicit RobotsReader(std::string_view token) : token_(token) {}

    void read(std::string_view text) {
        if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
        const bool cut = text.size() > most_bytes;
        text = text.substr(0, most_bytes);
        while (!text.empty()) {
            const auto end = text.find_first_of("\r\n");
            if (end == text.npos && cut) return;  // half a rule could say another thing
            line(text.substr(0, end));
            text.remove_prefix(end == text.npos ? text.size() : end + 1);
        }
    }
    Robots result() && { return named_ ? std::move(ours_) : std::move(all_); }

private:
    void line(std::string_view whole) {
        const auto bare = whole.substr(0, whole.find('#'));
        const auto colon = bare.find(':');
        if (colon == bare.npos) return;
        const auto key = text::lower(text::trimmed(bare.substr(0, colon)));
        const auto value = text::trimmed(bare.substr(colon + 1));
        if (key == "user-agent")
            agent(value);
        else if (key == "allow" || key == "disallow")
            rule(value, key == "allow");
        else if (key == "crawl-delay")
            delay(value);
    }
    /// Lines that follow one another name one group; what is no rule between them parts nothing.
    void agent(std::string_view value) {
        if (in_rules_) {
            for_us_ = for_all_ = in_rules_ = false;
            delay_.reset();
        }
        const auto token = token_in(value);
        for_all_ = for_all_ || token == "*";
        for_us_ = for_us_ || (!token.empty() && text::same_word(token, token_));
        named_ = named_ || for_us_;
        slow_down();
    }
    void rule(std::string_view value, bool allows) {
        in_rules_ = true;
        if (value.empty()) return;  // `Disallow:` forbids nothing
        if (!for_us_ && !for_all_) return;
        auto pattern = normal_path(value, Side::rule);
        const auto stars = static_cast<std::size_t>(std::ranges::count(pattern, '*'));
        const auto letters = pattern.size() - stars - (pattern.ends_with('$') ? 1 : 0);
        const Robots::Rule rule{std::move(pattern), letters, allows};
        if (for_us_) ours_.rules_.push_back(rule);
        if (for_all_) all_.rules_.push_back(rule);
    }
    void delay(std::string_view value) {
        const auto asked = text::number(value);
        if (!asked || !(*asked > 0)) return;
        const auto longest = static_cast<double>(longest_delay.count());
        const std::chrono::duration<double> delay{std::min(*asked, longest)};
        const auto whole = std::chrono::ceil<std::chrono::seconds>(delay);
        delay_ = std::max(delay_.value_or(whole), whole);
        slow_down();
    }
    void slow_down() {
        if (!delay_) return;
        for (auto* robots : {for_us_ ? &ours_ : nullptr, for_all_ ? &all_ : nullptr})
            if (robots)
                robots->crawl_delay_ = std::max(robots->crawl_delay_.value_or(*delay_), *delay_);
    }

    std::string_view token_;
    bool in_rules_ = false, for_us_ = false, for_all_ = false, named_ = false;
    std::optional<std::chrono::seconds> delay_;  ///< of the group under way
    Robots ours_, all_;
};

Robots Robots::read(std::string_view text, std::string_view token) {
    RobotsReader reader(token);
    reader.read(text);
    return std::move(reader).result();
}

Robots Robots::nothing() {
    Robots robots;
    robots.rules_.push_back({"/", 1, false});
    return robots;
}

bool Robots::allows(std::string_view path) const {
    const auto fragment = path.find('#');
    const auto normal = normal_path(path.substr(0, fragment), Side::path);
    if (normal == "/robots.txt") return true;
    const Rule* best = nullptr;
    for (const auto& rule : rules_) {
        if (rule.letters > normal.size() || !matches(rule.pattern, normal)) continue;
        const bool longer = !best || rule.pattern.size() > best->pattern.size();
        const bool as_long = best && rule.pattern.size() == best->pattern.size();
        if (longer || (as_long && rule.allows)) best = &rule;
    }
    return !best || best->allows;
}

}  // namespace dreams::http
