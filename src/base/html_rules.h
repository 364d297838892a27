#pragma once

// What base/html.h refuses in a template, and how it makes a value harmless. The compiler's
// message names the Problem and the template's line.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dreams::html {

/// What can be wrong with a template.
enum class Problem {
    none,
    value_in_tag_name,
    value_in_attribute_name,
    value_in_unquoted_attribute,
    value_in_event_handler,  ///< `on…=`, and `hx-…`, which is a handler by another name
    value_in_style_attribute,
    value_in_srcdoc,
    value_in_srcset,
    value_in_script_or_style,  ///< or another element whose content is no markup
    value_in_comment,
    value_in_declaration,
    value_in_meta_content,    ///< a refresh could lead anywhere
    value_in_animation,       ///< SVG's animations can set a link
    value_in_host_of_url,     ///< `https://{host}/`: pass the whole URL
    value_chooses_what_runs,  ///< the start of the URL of a script, frame, stylesheet, base
    url_scheme_not_allowed,
    attribute_without_quotes,
    less_than_sign_not_escaped,
    tag_malformed,
    element_not_closed,
    element_closed_by_slash,  ///< `<div/>` closes nothing; only void and SVG elements may
    end_tag_without_start,
    elements_nested_too_deeply,
    stray_brace,         ///< write `{{` and `}}` for braces
    name_not_lowercase,  ///< a placeholder is `{lower_case_1}`
    sections_nested_too_deeply,
    section_ends_elsewhere,  ///< `{/name}` must stand where HTML is as it was at `{?name}`
    section_not_closed,
    section_not_opened,
    template_ends_inside_tag,
};

/// How a value is made harmless where it stands.
enum class Escape : std::uint8_t {
    text,       ///< between tags: `& < > " '`; the only place for markup (html::Safe)
    quoted,     ///< in a quoted attribute, in `<title>` and `<textarea>`: the same, no markup
    url,        ///< the start of a URL: relative, http, https, mailto, tel; else `#blocked`
    url_path,   ///< later in it: percent-encoded, but for `@` and `+`
    url_query,  ///< behind its `?` or `#`: percent-encoded
};

namespace detail {

constexpr bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}
constexpr bool is_name_char(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':' || c == '.';
}
constexpr char lowered(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
constexpr bool same(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lowered(a[i]) != lowered(b[i])) return false;
    return true;
}
constexpr bool begins(std::string_view text, std::string_view with) {
    return same(text.substr(0, with.size()), with);
}
template <std::size_t N>
constexpr bool one_of(std::string_view word, const std::string_view (&list)[N]) {
    for (const auto each : list)
        if (same(word, each)) return true;
    return false;
}

constexpr std::string_view void_elements[] = {"area",  "base",   "br",    "col",  "embed",
                                              "hr",    "img",    "input", "link", "meta",
                                              "param", "source", "track", "wbr"};
constexpr std::string_view raw_elements[] = {"script",  "style",    "iframe",   "xmp",
                                             "noembed", "noframes", "noscript", "plaintext"};
constexpr std::string_view escapable_raw_elements[] = {"title", "textarea"};
/// Elements whose URL is fetched and then runs, frames or restyles the page.
constexpr std::string_view active_elements[] = {"script", "iframe", "frame", "embed",
                                                "object", "applet", "link",  "base"};
constexpr std::string_view animations[] = {"animate", "set", "animatemotion", "animatetransform"};
constexpr std::string_view url_attributes[] = {"href",   "src",      "action",     "formaction",
                                               "poster", "cite",     "background", "data",
                                               "ping",   "manifest", "longdesc",   "xlink:href"};
constexpr std::string_view schemes[] = {"http", "https", "mailto", "tel"};

/// Why an attribute takes no value at all; none: it does.
constexpr Problem refusal(std::string_view element, std::string_view attribute) {
    if (one_of(element, animations)) return Problem::value_in_animation;
    if (begins(attribute, "on") || begins(attribute, "hx-") || begins(attribute, "data-hx-"))
        return Problem::value_in_event_handler;
    if (same(attribute, "style")) return Problem::value_in_style_attribute;
    if (same(attribute, "srcdoc")) return Problem::value_in_srcdoc;
    if (same(attribute, "srcset") || same(attribute, "imagesrcset"))
        return Problem::value_in_srcset;
    if (same(element, "meta") && (same(attribute, "content") || same(attribute, "http-equiv")))
        return Problem::value_in_meta_content;
    return Problem::none;
}

}  // namespace detail
}  // namespace dreams::html
