#include "sources/page_scan.h"

#include <libxml/HTMLparser.h>
#include <libxml/xmlerror.h>

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <mutex>

#include "base/error.h"
#include "base/text.h"

namespace dreams::sources {
namespace {

// Deeper pages are made to tie a reader up: closing a tag looks through all that are open.
constexpr int deepest = 256;
constexpr std::size_t most_of_a_script = 2u << 20;
constexpr std::size_t most_scripts = 100, most_entries = 4000, most_text = 1u << 20;
constexpr std::size_t longest_mark = 500, longest_piece = 2000, longest_link = 2000;

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
    return std::ranges::find(names, name) != names.end();
}

/// Where a line of text begins anew.
constexpr auto blocks = std::to_array<std::string_view>(
    {"address",  "article", "aside",  "blockquote", "br",   "dd",    "div", "dl", "dt",
     "fieldset", "figure",  "footer", "form",       "h1",   "h2",    "h3",  "h4", "h5",
     "h6",       "header",  "hr",     "li",         "main", "nav",   "ol",  "p",  "pre",
     "section",  "table",   "tbody",  "td",         "th",   "thead", "tr",  "ul"});
/// Whose text is nobody's home: menus, search forms, programs.
constexpr auto passed_over =
    std::to_array<std::string_view>({"script", "style", "select", "option", "button", "nav",
                                     "template", "textarea", "svg", "noscript", "title"});
/// Words in a class or id that say what an element holds.
constexpr auto telling = std::to_array<std::string_view>(
    {"price", "address", "status", "beds", "baths", "sqft", "mls", "acre"});

std::string_view view(const xmlChar* text) {
    return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view();
}

void append_within(std::string& to, std::string_view text, std::size_t most) {
    if (to.size() < most) to += text.substr(0, most - to.size());
}

/// Blanks of every kind as one, none at the ends.
std::string tidy(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool no_break = text.substr(i).starts_with("\xC2\xA0");
        const bool blank = no_break || static_cast<unsigned char>(text[i]) <= ' ';
        if (no_break) ++i;
        if (!blank)
            out += text[i];
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    if (out.ends_with(' ')) out.pop_back();
    return out;
}

class Scanner {
public:
    explicit Scanner(xmlParserCtxtPtr parser) : parser_(parser) {}

    void start(std::string_view name, const xmlChar** attributes) {
        if (++depth_ > deepest) return too_deep();
        note(name, attributes);
        if (is_one_of(name, passed_over)) ++silent_;
        if (is_one_of(name, blocks)) end_line();
        end_piece();
    }
    void end(std::string_view name) {
        end_piece();
        if (is_one_of(name, blocks)) end_line();
        if (is_one_of(name, passed_over) && silent_ > 0) --silent_;
        if (name == "script") in_json_ = false;
        if (name == "title") in_title_ = false;
        if (name == "a") end_link();
        while (!open_.empty() && open_.back().depth >= depth_) close_mark();
        --depth_;
    }
    void text(std::string_view text) {
        if (in_json_) return json(text);
        if (in_title_) append_within(result.title, text, longest_piece);
        if (silent_ > 0 || in_title_) return;
        for (auto& mark : open_) append_within(mark.text, text, longest_mark);
        if (in_link_) append_within(result.links.back().second, text, longest_mark);
        append_within(piece_, text, longest_piece);
    }
    /// `<!-- saved from url=(0042)https://… -->`; SingleFile: ` url: https://…`.
    void comment(std::string_view text) {
        if (!result.saved_from.empty() || text.size() > longest_link) return;
        const bool browser = text.find("saved from url=(") != text.npos;
        const bool single_file = text.find("saved with SingleFile") != text.npos;
        const auto at = text.find("http");
        if ((!browser && !single_file) || at == text.npos) return;
        const auto rest = text.substr(at);
        result.saved_from = rest.substr(0, rest.find_first_of(" \t\r\n"));
    }
    void finish() {
        while (!open_.empty()) close_mark();
        end_piece();
        end_line();
        end_link();
        result.title = tidy(result.title);
    }

    PageScan result;
    std::exception_ptr failure;  ///< must not fly through the parser, which is C

    void stop() { xmlStopParser(parser_); }

private:
    struct Open {
        int depth;
        std::vector<std::pair<std::string, bool>> marks;  ///< and whether it is an itemprop
        std::string text;
    };

    void too_deep() {
        if (!stopped_)
            result.notices.emplace_back(
                "the page is nested more deeply than pages are; the rest of it was not read");
        stopped_ = true;
        stop();
    }

    void note(std::string_view name, const xmlChar** attributes) {
        std::string key, content, rel, href, type, src, value;
        std::vector<std::pair<std::string, bool>> marks;
        for (auto at = attributes; at && at[0]; at += 2) {
            const auto attribute = view(at[0]), said = view(at[1]);
            if (attribute == "name" || attribute == "property") key = text::lower(said);
            if (attribute == "content") content = said.substr(0, longest_piece);
            if (attribute == "rel") rel = text::lower(said);
            if (attribute == "href") href = said.substr(0, longest_link);
            if (attribute == "type") type = text::lower(said);
            if (attribute == "src" || (attribute == "data-src" && src.empty()))
                src = said.substr(0, longest_link);
            if (attribute == "value") value = said.substr(0, longest_mark);
            if (attribute == "itemprop" || attribute == "class" || attribute == "id")
                add_marks(marks, said, attribute == "itemprop");
        }
        if (name == "meta" && !key.empty() && result.meta.size() < most_entries)
            result.meta.emplace_back(key, tidy(content));
        if (name == "link" && rel == "canonical" && result.canonical.empty())
            result.canonical = href;
        if (name == "script" && type.find("ld+json") != type.npos) start_json();
        if (name == "title" && result.title.empty()) in_title_ = true;
        if (name == "a" && !href.empty()) start_link(href);
        if (name == "img" && !src.empty() && result.images.size() < most_entries)
            result.images.push_back(src);
        if (marks.empty() || is_one_of(name, passed_over)) return;
        const auto& said = !content.empty() ? content : name == "input" ? value : src;
        if (name == "meta" || name == "input" || name == "img" || name == "link")
            add_marked(marks, name == "link" ? href : said);
        else
            open_.push_back({depth_, std::move(marks), content});
    }

    static void add_marks(std::vector<std::pair<std::string, bool>>& marks, std::string_view said,
                          bool itemprop) {
        for (const auto& word : text::split(tidy(text::lower(said.substr(0, longest_mark))), ' ')) {
            const auto tells = [&](auto each) { return word.find(each) != std::string::npos; };
            if (itemprop || std::ranges::any_of(telling, tells)) marks.emplace_back(word, itemprop);
        }
    }
    void add_marked(const std::vector<std::pair<std::string, bool>>& marks, std::string_view text) {
        const auto tidied = tidy(text);
        if (tidied.empty()) return;
        for (const auto& [mark, itemprop] : marks)
            if (result.marked.size() < most_entries)
                result.marked.push_back({mark, itemprop, tidied});
    }
    void close_mark() {
        add_marked(open_.back().marks, open_.back().text);
        open_.pop_back();
    }

    void start_json() {
        in_json_ = result.json_ld.size() < most_scripts;
        if (in_json_) result.json_ld.emplace_back();
    }
    /// A script that grows too long is dropped: half of it would be read as nothing anyway.
    void json(std::string_view text) {
        auto& script = result.json_ld.back();
        script += text;
        if (script.size() <= most_of_a_script) return;
        result.json_ld.pop_back();
        in_json_ = false;
        result.notices.emplace_back(
            "a block of structured data is larger than 2 MB and was passed over");
    }

    void start_link(const std::string& href) {
        end_link();
        if (result.links.size() >= most_entries) return;
        in_link_ = true;
        result.links.emplace_back(href, "");
    }
    void end_link() {
        if (in_link_) result.links.back().second = tidy(result.links.back().second);
        in_link_ = false;
    }

    void end_piece() {
        if (piece_.empty()) return;
        auto tidied = tidy(piece_);
        piece_.clear();
        if (tidied.empty() || text_kept_ > most_text) return;
        text_kept_ += tidied.size() + sizeof(std::string);
        line_.push_back(std::move(tidied));
    }
    void end_line() {
        end_piece();
        if (!line_.empty()) result.lines.push_back(std::move(line_));
        line_.clear();
    }

    xmlParserCtxtPtr parser_;
    int depth_ = 0, silent_ = 0;
    bool in_json_ = false, in_title_ = false, in_link_ = false, stopped_ = false;
    std::vector<Open> open_;
    std::string piece_;
    std::vector<std::string> line_;
    std::size_t text_kept_ = 0;
};

/// Calls one of the scanner's functions from the parser, which knows no exceptions.
template <class F>
void guarded(void* user, F&& call) {
    auto& scanner = *static_cast<Scanner*>(user);
    if (scanner.failure) return;
    try {
        call(scanner);
    } catch (...) {
        scanner.failure = std::current_exception();
        scanner.stop();
    }
}

void on_start(void* user, const xmlChar* name, const xmlChar** attributes) {
    guarded(user, [&](Scanner& scanner) { scanner.start(view(name), attributes); });
}
void on_end(void* user, const xmlChar* name) {
    guarded(user, [&](Scanner& scanner) { scanner.end(view(name)); });
}
void on_text(void* user, const xmlChar* text, int size) {
    guarded(user, [&](Scanner& scanner) {
        scanner.text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
    });
}
void on_comment(void* user, const xmlChar* text) {
    guarded(user, [&](Scanner& scanner) { scanner.comment(view(text)); });
}

struct ParserCleanup {
    void operator()(xmlParserCtxtPtr parser) const { htmlFreeParserCtxt(parser); }
};

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Where the tag that begins at `from` ends, and how many attributes it has, at least.
struct Tag {
    std::size_t end;
    int attributes;
};
Tag tag_at(std::string_view html, std::size_t from) {
    Tag tag{html.size(), 0};
    char quote = 0;
    bool after_equals = false;
    for (auto at = from; at < html.size(); ++at) {
        const char c = html[at];
        if (quote) {
            if (c == quote) ++tag.attributes, quote = 0;
        } else if (c == '>') {
            tag.end = at + 1;
            break;
        } else if ((c == '"' || c == '\'') && after_equals) {
            quote = c;
        } else if (c <= ' ' || c == '/') {
            ++tag.attributes;
        }
        if (c > ' ') after_equals = c == '=';
    }
    return tag;
}

/// The end of what only looks like markup: a comment, a script, a style. `from` when it is none.
std::size_t end_of_raw(std::string_view html, std::size_t from) {
    const auto rest = html.substr(from);
    if (rest.starts_with("<!--")) {
        const auto end = rest.find("-->", 4);
        return end == rest.npos ? html.size() : from + end + 3;
    }
    for (const auto name : {std::string_view("script"), std::string_view("style")}) {
        if (!text::same_word(rest.substr(1, name.size()), name)) continue;
        for (auto end = rest.find("</"); end != rest.npos; end = rest.find("</", end + 2))
            if (text::same_word(rest.substr(end + 2, name.size()), name)) return from + end;
        return html.size();
    }
    return from;
}

}  // namespace

std::string without_monsters(std::string_view html) {
    constexpr int most_attributes = 250;
    std::string out;
    std::size_t kept = 0;  // up to here it is in `out`
    for (auto at = html.find('<'); at != html.npos && at + 1 < html.size();
         at = html.find('<', at)) {
        const bool is_tag = is_letter(html[at + 1]) || html[at + 1] == '/';
        const auto tag = is_tag ? tag_at(html, at) : Tag{at + 1, 0};
        if (tag.attributes > most_attributes) {
            out += html.substr(kept, at - kept);
            kept = at = tag.end;
            continue;
        }
        const auto raw_end = end_of_raw(html, at);
        at = raw_end > at ? raw_end : tag.end;
    }
    if (kept == 0) return std::string(html);
    out += html.substr(std::min(kept, html.size()));
    return out;
}

PageScan scan_page(std::string_view html) {
    static std::once_flag started;
    std::call_once(started, [] { xmlInitParser(); });
    const auto tame = without_monsters(html);
    const std::unique_ptr<xmlParserCtxt, ParserCleanup> parser(htmlNewParserCtxt());
    if (!parser) throw Error(Fault::unavailable, "there is not enough memory to read the page");
    Scanner scanner(parser.get());
    xmlSAXHandler calls{};
    calls.startElement = on_start;
    calls.endElement = on_end;
    calls.characters = calls.ignorableWhitespace = on_text;
    calls.cdataBlock = on_text;
    calls.comment = on_comment;
    *parser->sax = calls;
    parser->userData = &scanner;
    constexpr int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                            HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC;
    xmlDocPtr none = htmlCtxtReadMemory(parser.get(), tame.data(), static_cast<int>(tame.size()),
                                        nullptr, "UTF-8", options);
    if (none) xmlFreeDoc(none);  // no tree is asked for
    if (scanner.failure) std::rethrow_exception(scanner.failure);
    scanner.finish();
    return std::move(scanner.result);
}

}  // namespace dreams::sources
