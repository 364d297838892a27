#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dreams::http {

/// What a site's robots.txt lets one program do: RFC 9309, own reading of it.
///
/// The groups that name the program count, all of them together; where none does, those of `*`;
/// where there is none either, everything is allowed. Of the rules that match a path the longest
/// wins, and `Allow` against an equally long `Disallow`. `*` stands for anything, `$` at the end of
/// a rule for the end. `Crawl-delay` is no part of the RFC, but asked for often enough to be heard.
class Robots {
public:
    /// Reads the first 512 kB of `text` for the program of that product token (`dreams`): letters,
    /// `-` and `_`. Nothing is an error: a line that is no rule is passed over.
    static Robots read(std::string_view text, std::string_view token);
    static Robots everything() { return {}; }  ///< the site has no robots.txt
    static Robots nothing();                   ///< its robots.txt cannot be had: better keep out

    /// Whether `path` may be asked for: with its query, percent-encoded as in a request's first
    /// line. `/robots.txt` always may.
    bool allows(std::string_view path) const;
    /// The pause between two requests that the site asks for, at most an hour; none: it asks for
    /// none.
    std::optional<std::chrono::seconds> crawl_delay() const { return crawl_delay_; }

private:
    friend class RobotsReader;
    struct Rule {
        std::string pattern;      ///< normalised, see normal_path in the .cpp
        std::size_t letters = 0;  ///< without the `*`: no shorter path can match
        bool allows = false;
    };
    std::vector<Rule> rules_;
    std::optional<std::chrono::seconds> crawl_delay_;
};

}  // namespace dreams::http
