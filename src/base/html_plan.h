#pragma once

// A template as a row of pieces, made while the program is compiled. Part of base/html.h.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/html_markup.h"
#include "base/html_rules.h"

namespace dreams::html {

/// A template is a row of these. Literals lie in the template's own text.
struct Piece {
    enum class Kind : std::uint8_t { literal, value, when, unless, end };
    Kind kind = Kind::literal;
    Escape escape = Escape::text;
    std::uint32_t begin = 0;  ///< of the literal, or of the name
    std::uint32_t size = 0;
    std::uint32_t resume = 0;  ///< when, unless: the piece at which a hidden section ends

    constexpr std::string_view in(std::string_view text) const { return text.substr(begin, size); }
};

/// What reading a template came to.
struct Reading {
    std::size_t pieces = 0;
    Problem problem = Problem::none;
    std::size_t line = 0;  ///< of the problem, from 1
};

namespace detail {

/// Reads a template once, front to back: literals, `{value}`, `{?section}…{/section}`.
class Planner {
public:
    constexpr Planner(std::string_view text, Piece* out) : text_(text), out_(out), html_(text) {}

    constexpr Reading read() {
        while (!html_.done() && html_.problem() == Problem::none) {
            if (html_.peek() == '{' || html_.peek() == '}')
                brace();
            else
                literal();
        }
        finish();
        if (html_.problem() == Problem::none) return {count_};
        std::size_t line = 1;
        for (const char c : text_.substr(0, html_.at())) line += c == '\n' ? 1 : 0;
        return {count_, html_.problem(), line};
    }

private:
    struct Section {
        std::string_view name;
        Context context;
        std::size_t piece = 0;
        std::size_t depth = 0;
    };

    constexpr void add(Piece piece) { out_[count_++] = piece; }
    constexpr void add_literal_up_to(std::size_t end) {
        if (end > literal_)
            add({.begin = static_cast<std::uint32_t>(literal_),
                 .size = static_cast<std::uint32_t>(end - literal_)});
    }

    /// A comment is for the template's readers: it is not sent.
    constexpr void literal() {
        const bool in_comment = html_.now().place == Place::comment;
        const auto before = html_.at();
        html_.step();
        const bool still = html_.now().place == Place::comment;
        if (!in_comment && still) add_literal_up_to(before);
        if (in_comment) literal_ = html_.at();
    }

    constexpr void brace() {
        const auto at = html_.at();
        if (html_.peek(1) == html_.peek()) return doubled_brace();
        const char sign = html_.peek() == '{' ? html_.peek(1) : '\0';
        const auto end = text_.find('}', at);
        if (sign == '\0' || end == std::string_view::npos) return html_.fail(Problem::stray_brace);
        const auto begin = at + (sign == '?' || sign == '!' || sign == '/' ? 2 : 1);
        const auto name = text_.substr(begin, end - begin);
        if (!is_placeholder_name(name)) return html_.fail(Problem::name_not_lowercase);

        add_literal_up_to(at);
        placeholder(sign,
                    {.begin = static_cast<std::uint32_t>(begin),
                     .size = static_cast<std::uint32_t>(name.size())},
                    end + 1);
        if (html_.problem() == Problem::none) html_.skip_to(literal_ = end + 1);
    }

    /// `{{` and `}}` are one brace of the literal.
    constexpr void doubled_brace() {
        const auto at = html_.at();
        if (html_.now().place != Place::comment) add_literal_up_to(at + 1);
        html_.skip_to(literal_ = at + 2);
    }

    static constexpr bool is_placeholder_name(std::string_view name) {
        for (const char c : name)
            if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_') return false;
        return !name.empty();
    }

    constexpr void placeholder(char sign, Piece piece, std::size_t after) {
        if (sign == '/') return section_closed(piece.in(text_), after);
        if (sign == '?' || sign == '!') return section_opened(sign, piece);
        piece.kind = Piece::Kind::value;
        piece.escape = html_.value();
        add(piece);
    }

    constexpr void section_opened(char sign, Piece piece) {
        switch (html_.now().place) {
            case Place::tag_name:
            case Place::end_tag:
                return html_.fail(Problem::value_in_tag_name);
            case Place::attribute_name:
                return html_.fail(Problem::value_in_attribute_name);
            case Place::declaration:
                return html_.fail(Problem::value_in_declaration);
            case Place::comment:
                return html_.fail(Problem::value_in_comment);
            default:
                break;
        }
        if (sections_ == section_.size()) return html_.fail(Problem::sections_nested_too_deeply);
        section_[sections_++] = {piece.in(text_), html_.now(), count_, html_.depth()};
        html_.hold(html_.depth());
        piece.kind = sign == '?' ? Piece::Kind::when : Piece::Kind::unless;
        add(piece);
    }

    constexpr void section_closed(std::string_view name, std::size_t after) {
        if (sections_ == 0 || section_[sections_ - 1].name != name)
            return html_.fail(Problem::section_not_opened);
        const Section& section = section_[--sections_];
        html_.hold(sections_ ? section_[sections_ - 1].depth : 0);
        const char next = after < text_.size() ? text_[after] : '\0';
        if (is_blank(next) || next == '>' || next == '/') html_.end_attribute_name();
        if (html_.now() != section.context || html_.depth() != section.depth)
            return html_.fail(Problem::section_ends_elsewhere);
        out_[section.piece].resume = static_cast<std::uint32_t>(count_);
        add({.kind = Piece::Kind::end});
    }

    constexpr void finish() {
        if (html_.problem() != Problem::none) return;
        if (sections_ > 0) return html_.fail(Problem::section_not_closed);
        if (html_.now().place != Place::text) return html_.fail(Problem::template_ends_inside_tag);
        if (html_.depth() > 0) return html_.fail(Problem::element_not_closed);
        add_literal_up_to(text_.size());
    }

    std::string_view text_;
    Piece* out_;
    Markup html_;
    std::size_t count_ = 0;
    std::size_t literal_ = 0;  ///< where the literal that is being read began
    std::array<Section, 8> section_{};
    std::size_t sections_ = 0;
};

}  // namespace detail

/// No fewer pieces than `text` has.
constexpr std::size_t most_pieces(std::string_view text) {
    std::size_t count = 2;
    for (const char c : text) count += c == '{' || c == '}' || c == '!' ? 1 : 0;
    return count;
}

/// Reads `text` and writes its pieces to `out`, where there is room for most_pieces of them.
constexpr Reading read(std::string_view text, Piece* out) {
    return detail::Planner(text, out).read();
}

}  // namespace dreams::html
