#pragma once

// Where in HTML a reader of a template is: a small tokeniser that runs while the program is
// compiled. Part of base/html.h.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/html_rules.h"

namespace dreams::html::detail {

enum class Place : std::uint8_t {
    text,
    escapable_raw,  ///< in `<title>`, `<textarea>`
    raw,            ///< in `<script>`, `<style>`
    comment,
    declaration,  ///< in `<!doctype …>`
    tag_name,
    between_attributes,
    attribute_name,
    quoted,
    end_tag,
};

enum class UrlPlace : std::uint8_t {
    none,   ///< the attribute holds no URL
    start,  ///< nothing of it yet
    head,   ///< something, which may turn out to be a scheme
    host,
    path,
    query,
};

/// Where in HTML the reader is. A section must end where it began.
struct Context {
    Place place = Place::text;
    char quote = 0;
    UrlPlace url = UrlPlace::none;
    Problem refuses = Problem::none;  ///< why the attribute that is being read takes no value
    std::string_view tag;             ///< that is being read

    friend constexpr bool operator==(const Context&, const Context&) = default;
};

/// Follows HTML character by character, stricter than a browser: attributes are quoted, elements
/// are closed. Stops at the first problem.
class Markup {
public:
    constexpr explicit Markup(std::string_view text) : text_(text) {}

    constexpr Problem problem() const { return problem_; }
    constexpr void fail(Problem problem) {
        if (problem_ == Problem::none) problem_ = problem;
    }
    constexpr const Context& now() const { return now_; }
    constexpr std::size_t at() const { return at_; }
    constexpr bool done() const { return at_ >= text_.size(); }
    constexpr char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }

    constexpr std::size_t depth() const { return depth_; }  ///< elements that are open
    /// End tags may not close what was open at this depth.
    constexpr void hold(std::size_t depth) { floor_ = depth; }

    constexpr void skip_to(std::size_t at) { at_ = at; }  ///< past what is no HTML

    /// Reads on from a character that is no brace; at least one, or a change of place.
    constexpr void step() {
        const char c = text_[at_];
        switch (now_.place) {
            case Place::text:
                return in_text(c);
            case Place::escapable_raw:
            case Place::raw:
                return in_raw(c);
            case Place::comment:
                return in_comment();
            case Place::declaration:
                return in_declaration(c);
            case Place::tag_name:
                return in_tag_name(c);
            case Place::between_attributes:
                return between_attributes(c);
            case Place::attribute_name:
                return in_attribute_name(c);
            case Place::quoted:
                return in_quoted(c);
            case Place::end_tag:
                return in_end_tag(c);
        }
    }

    /// A value stands here: gives how it is to be escaped, or fails.
    constexpr Escape value() {
        switch (now_.place) {
            case Place::text:
                return Escape::text;
            case Place::escapable_raw:
                return Escape::quoted;
            case Place::quoted:
                return value_in_attribute();
            case Place::raw:
                fail(Problem::value_in_script_or_style);
                break;
            case Place::comment:
                fail(Problem::value_in_comment);
                break;
            case Place::declaration:
                fail(Problem::value_in_declaration);
                break;
            case Place::tag_name:
            case Place::end_tag:
                fail(Problem::value_in_tag_name);
                break;
            case Place::between_attributes:
            case Place::attribute_name:
                fail(Problem::value_in_attribute_name);
                break;
        }
        return Escape::quoted;
    }

    /// An attribute without a value ends here, as `selected` does in `{?chosen}selected{/chosen}`.
    constexpr void end_attribute_name() {
        if (now_.place == Place::attribute_name) now_.place = Place::between_attributes;
    }

private:
    /// Goes on to the next brace, or `stop`. The compiler is slow at running this: the common case
    /// is a tight loop.
    constexpr void skip_plain(char stop) {
        const char* const begin = text_.data();
        const char* const end = begin + text_.size();
        const char* at = begin + at_;
        while (at != end && *at != stop && *at != '{' && *at != '}') ++at;
        at_ = static_cast<std::size_t>(at - begin);
    }
    constexpr void skip_name() {
        while (is_name_char(peek())) ++at_;
    }

    constexpr void in_text(char c) {
        if (c != '<') {
            skip_plain('<');
        } else if (ahead("<!--")) {
            now_.place = Place::comment;
            at_ += 4;
        } else if (ahead("<!")) {
            now_.place = Place::declaration;
            at_ += 2;
        } else if (peek(1) == '/' && is_letter(peek(2))) {
            now_.place = Place::end_tag;
            name_ = at_ += 2;
        } else if (is_letter(peek(1))) {
            now_.place = Place::tag_name;
            name_ = at_ += 1;
        } else {
            fail(peek(1) == '{' || peek(2) == '{' ? Problem::value_in_tag_name
                                                  : Problem::less_than_sign_not_escaped);
        }
    }

    constexpr void in_raw(char c) {
        const auto element = elements_[depth_ - 1];
        const bool ends = c == '<' && peek(1) == '/' && begins(text_.substr(at_ + 2), element) &&
                          !is_name_char(peek(2 + element.size()));
        if (!ends) {
            ++at_;
            return skip_plain('<');
        }
        now_.place = Place::end_tag;
        name_ = at_ += 2;
    }

    /// A comment is for the template's readers: it is not sent.
    constexpr void in_comment() {
        if (!ahead("-->")) {
            ++at_;
            return skip_plain('-');
        }
        at_ += 3;
        while (is_blank(peek(0))) ++at_;
        now_.place = Place::text;
    }

    constexpr void in_declaration(char c) {
        if (c == '>') now_.place = Place::text;
        ++at_;
    }

    constexpr void in_tag_name(char c) {
        if (is_name_char(c)) return skip_name();
        now_.tag = text_.substr(name_, at_ - name_);
        now_.place = Place::between_attributes;
    }

    constexpr void between_attributes(char c) {
        if (is_blank(c)) {
            ++at_;
        } else if (ahead("/>")) {
            at_ += 2;
            tag_closed_by_slash();
        } else if (c == '>') {
            ++at_;
            tag_opened();
        } else if (is_letter(c)) {
            name_ = at_;
            now_.place = Place::attribute_name;
        } else {
            fail(Problem::tag_malformed);
        }
    }

    constexpr void in_attribute_name(char c) {
        if (is_name_char(c)) {
            skip_name();
        } else if (c != '=') {
            now_.place = Place::between_attributes;
        } else if (peek(1) == '"' || peek(1) == '\'') {
            const auto attribute = text_.substr(name_, at_ - name_);
            now_.place = Place::quoted;
            now_.quote = peek(1);
            now_.refuses = refusal(now_.tag, attribute);
            now_.url = one_of(attribute, url_attributes) ? UrlPlace::start : UrlPlace::none;
            at_ += 2;
        } else {
            fail(peek(1) == '{' ? Problem::value_in_unquoted_attribute
                                : Problem::attribute_without_quotes);
        }
    }

    constexpr void in_quoted(char c) {
        if (c != now_.quote && now_.url == UrlPlace::none) return skip_plain(now_.quote);
        if (c == now_.quote)
            now_ = {.place = Place::between_attributes, .tag = now_.tag};
        else
            in_url(c);
        ++at_;
    }

    constexpr void in_url(char c) {
        const bool may_be_scheme = now_.url == UrlPlace::start || now_.url == UrlPlace::head;
        if (now_.url == UrlPlace::start) {
            name_ = at_;
            now_.url = UrlPlace::head;
        }
        if (c == '?' || c == '#') {
            now_.url = UrlPlace::query;
        } else if (may_be_scheme && c == '&') {
            fail(Problem::url_scheme_not_allowed);  // `javascript&#58;` is javascript:
        } else if (may_be_scheme && c == ':') {
            scheme_ended();
        } else if (c == '/' && now_.url != UrlPlace::query) {
            const bool names_host = may_be_scheme && at_ == name_ && peek(1) == '/';
            now_.url = names_host ? UrlPlace::host : UrlPlace::path;
            if (names_host) ++at_;
        }
    }

    constexpr void scheme_ended() {
        const auto scheme = text_.substr(name_, at_ - name_);
        if (!one_of(scheme, schemes)) return fail(Problem::url_scheme_not_allowed);
        const bool names_host = begins(scheme, "http");
        now_.url = names_host ? UrlPlace::host : UrlPlace::path;
        if (names_host && peek(1) == '/' && peek(2) == '/') at_ += 2;
    }

    constexpr void in_end_tag(char c) {
        if (is_name_char(c)) return skip_name();
        const auto name = text_.substr(name_, at_ - name_);
        if (c != '>') return fail(Problem::tag_malformed);
        if (depth_ == floor_ || !same(elements_[depth_ - 1], name))
            return fail(Problem::end_tag_without_start);
        --depth_;
        ++at_;
        now_ = {};
    }

    constexpr void tag_opened() {
        const auto tag = now_.tag;
        now_ = {};
        if (one_of(tag, void_elements)) return;
        if (depth_ == elements_.size()) return fail(Problem::elements_nested_too_deeply);
        elements_[depth_++] = tag;
        if (one_of(tag, raw_elements)) now_.place = Place::raw;
        if (one_of(tag, escapable_raw_elements) && !in_svg()) now_.place = Place::escapable_raw;
    }

    constexpr void tag_closed_by_slash() {
        if (!one_of(now_.tag, void_elements) && !in_svg())
            return fail(Problem::element_closed_by_slash);
        now_ = {};
    }

    constexpr bool in_svg() const {
        for (std::size_t i = 0; i < depth_; ++i)
            if (same(elements_[i], "svg")) return true;
        return false;
    }

    constexpr Escape value_in_attribute() {
        if (now_.refuses != Problem::none) fail(now_.refuses);
        switch (now_.url) {
            case UrlPlace::none:
                return Escape::quoted;
            case UrlPlace::start:
                if (one_of(now_.tag, active_elements)) fail(Problem::value_chooses_what_runs);
                name_ = at_;  // a colon behind it would make the value a scheme; none is so named
                now_.url = UrlPlace::head;
                return Escape::url;
            case UrlPlace::host:
                fail(Problem::value_in_host_of_url);
                return Escape::url;
            case UrlPlace::head:
            case UrlPlace::path:
                return Escape::url_path;
            case UrlPlace::query:
                return Escape::url_query;
        }
        return Escape::quoted;
    }

    constexpr bool ahead(std::string_view word) const { return begins(text_.substr(at_), word); }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t name_ = 0;  ///< where the name, or the head of the URL, began
    Context now_;
    std::array<std::string_view, 32> elements_{};
    std::size_t depth_ = 0;
    std::size_t floor_ = 0;
    Problem problem_ = Problem::none;
};

}  // namespace dreams::html::detail
