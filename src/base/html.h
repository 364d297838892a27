#pragma once

#include <array>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/html_plan.h"
#include "base/record.h"
#include "base/time.h"

// HTML from template files. `templates/calls_row.html` becomes `templates/calls_row.h`, holding
// dreams::templates::calls_row, and a handler fills it:
//
//     html::render<templates::calls_row>(html::arg<"name">(person.name), html::arg<"rank">(n));
//
// `{name}` is a value, escaped by where it stands (base/html_rules.h, Escape).
// `{?name}…{/name}` is kept when the value is there: true, an optional that holds something, a text
// or markup that is not empty. `{!name}…{/name}` is kept when it is not. `{{` and `}}` are braces.
// A template that is unsafe or unsound does not compile, nor does a value that is missing, given
// twice, or not asked for. Comments are not sent.

namespace dreams::html {

template <const auto& source, class... Args>
class Renderer;

/// Markup that needs no escaping: only `render` and `append` make any.
class Safe {
public:
    const std::string& str() const& { return html_; }
    std::string str() && { return std::move(html_); }
    bool empty() const { return html_.empty(); }
    Safe& operator+=(const Safe& more) {
        html_ += more.html_;
        return *this;
    }

private:
    template <const auto& source, class... Args>
    friend class Renderer;
    std::string html_;
};

/// A placeholder's name as a template argument: `arg<"phone">`.
template <std::size_t N>
struct Name {
    char text[N]{};
    consteval Name(const char (&name)[N]) {
        for (std::size_t i = 0; i < N; ++i) text[i] = name[i];
    }
    constexpr std::string_view view() const { return {text, N - 1}; }
};

/// A value under the name of its placeholder. Refers to the value, does not keep it.
template <Name name, class T>
struct Arg {
    static constexpr std::string_view called = name.view();
    const T& value;
};

/// `value` for `{name}`. Texts, numbers, instants, dates, enums with Words, ids, Safe, and
/// optionals of them (none is nothing at all); bool only for sections.
template <Name name, class T>
constexpr Arg<name, T> arg(const T& value) {
    return {value};
}

/// Appends `value`, `& < > " '` as entities; bytes that are no UTF-8, and NUL, as U+FFFD.
void append_escaped(std::string& out, std::string_view value);
/// Appends `value` as an attribute's URL, or `#blocked` when its scheme is none of http, https,
/// mailto and tel. A value without a scheme is relative.
void append_url(std::string& out, std::string_view value);
/// Appends `value` percent-encoded: all but letters, digits, `-._~` and the bytes of `keep`.
void append_percent_encoded(std::string& out, std::string_view value, std::string_view keep);

namespace detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
concept TextLike = std::convertible_to<const T&, std::string_view>;
template <class T>
concept IdLike = requires(const T& id) {
    { id.text } -> std::same_as<const std::string&>;
};
template <class T>
concept Number = (std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char>) ||
                 std::floating_point<T>;

template <Escape escape>
void put_text(std::string& out, std::string_view value) {
    if constexpr (escape == Escape::text || escape == Escape::quoted)
        append_escaped(out, value);
    else if constexpr (escape == Escape::url)
        append_url(out, value);
    else
        append_percent_encoded(out, value, escape == Escape::url_path ? "@+" : "");
}

template <Number T>
void put_number(std::string& out, T value) {
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, end);
}

template <Escape escape, class T>
void put(std::string& out, const T& value) {
    if constexpr (is_optional<T>) {
        if (value) put<escape>(out, *value);
    } else if constexpr (std::same_as<T, Safe>) {
        static_assert(escape == Escape::text, "markup may stand only between tags");
        out += value.str();
    } else if constexpr (Number<T>) {
        put_number(out, value);
    } else if constexpr (Worded<T>) {
        put_text<escape>(out, word(value));
    } else if constexpr (std::same_as<T, Instant> || std::same_as<T, Date>) {
        put_text<escape>(out, to_text(value));
    } else if constexpr (IdLike<T>) {
        put_text<escape>(out, value.text);
    } else {
        static_assert(TextLike<T>, "a value of this type has no text; bool is for sections only");
        put_text<escape>(out, value);
    }
}

/// Whether a section on `value` is kept.
template <class T>
bool is_there(const T& value) {
    if constexpr (is_optional<T>) {
        if constexpr (Number<typename T::value_type>)
            return value.has_value();
        else
            return value && is_there(*value);
    } else if constexpr (std::same_as<T, bool>) {
        return value;
    } else if constexpr (std::same_as<T, Safe>) {
        return !value.empty();
    } else if constexpr (IdLike<T>) {
        return !value.text.empty();
    } else if constexpr (std::same_as<T, Instant> || std::same_as<T, Date> || Worded<T>) {
        return true;  // of an optional
    } else {
        static_assert(TextLike<T>, "a section wants a bool, an optional, a text or markup");
        return !std::string_view(value).empty();
    }
}

/// The compiler names this when a template is wrong: with what, and in which line of the file.
template <const auto& source, Problem problem, std::size_t line>
struct TemplateIsSound {
    static_assert(problem == Problem::none, "the template is not safe, or not sound");
    static constexpr bool value = problem == Problem::none;
};
template <Name name, bool given>
struct PlaceholderHasItsValue {
    static_assert(given, "no value is given for this placeholder");
};
template <class Arg, bool asked_for>
struct ValueHasItsPlaceholder {
    static_assert(asked_for, "the template has no placeholder of this name");
};
template <class Arg, bool once>
struct ValueIsGivenOnce {
    static_assert(once, "a value is given twice");
};

template <std::size_t N>
struct Plan {
    std::array<Piece, N> pieces{};
    Reading reading{};
};
template <const auto& source>
inline constexpr auto plan = [] {
    Plan<most_pieces(source)> made;
    made.reading = read(source, made.pieces.data());
    return made;
}();

/// The text of piece `I` as a template argument, so that a message can tell it.
template <const auto& source, std::size_t I>
consteval auto name_of() {
    constexpr Piece piece = plan<source>.pieces[I];
    char text[piece.size + 1]{};
    for (std::size_t i = 0; i < piece.size; ++i)
        text[i] = std::string_view(source)[piece.begin + i];
    return Name<piece.size + 1>(text);
}

}  // namespace detail

/// Whether a template is safe and sound; if not, asking does not compile and says why.
template <const auto& source>
inline constexpr bool sound = detail::TemplateIsSound<source, detail::plan<source>.reading.problem,
                                                      detail::plan<source>.reading.line>::value;

/// The work behind `render`: walks a template's pieces, which are known while compiling.
template <const auto& source, class... Args>
class Renderer {
    static_assert(sound<source>);
    static constexpr std::size_t pieces = detail::plan<source>.reading.pieces;
    using Values = Pack<const Args&...>;

    static constexpr std::string_view text_of(std::size_t piece) {
        return detail::plan<source>.pieces[piece].in(source);
    }
    static constexpr bool is_named(std::size_t piece) {
        return detail::plan<source>.pieces[piece].kind != Piece::Kind::literal &&
               detail::plan<source>.pieces[piece].kind != Piece::Kind::end;
    }
    static constexpr bool asks_for(std::string_view name) {
        for (std::size_t i = 0; i < pieces; ++i)
            if (is_named(i) && text_of(i) == name) return true;
        return false;
    }
    static constexpr std::size_t place_of(std::string_view name) {
        std::size_t place = 0, found = sizeof...(Args);
        ((Args::called == name ? void(found = place++) : void(++place)), ...);
        return found;
    }
    static constexpr std::size_t times_given(std::string_view name) {
        return (std::size_t{0} + ... + (Args::called == name ? 1u : 0u));
    }

    template <std::size_t I>
    static void write(std::string& out, std::size_t& resume, const Values& values) {
        constexpr Piece piece = detail::plan<source>.pieces[I];
        if (I < resume) return;
        if constexpr (piece.kind == Piece::Kind::literal) {
            out += text_of(I);
        } else if constexpr (piece.kind != Piece::Kind::end) {
            constexpr std::size_t place = place_of(text_of(I));
            if constexpr (place == sizeof...(Args)) {
                (void)detail::PlaceholderHasItsValue<detail::name_of<source, I>(), false>{};
            } else {
                const auto& value = values.template get<place>().value;
                if constexpr (piece.kind == Piece::Kind::value)
                    detail::put<piece.escape>(out, value);
                else if (detail::is_there(value) != (piece.kind == Piece::Kind::when))
                    resume = piece.resume;
            }
        }
    }

public:
    static void append(Safe& out, const Args&... args) {
        (void(detail::ValueHasItsPlaceholder<Args, asks_for(Args::called)>{}), ...);
        (void(detail::ValueIsGivenOnce<Args, times_given(Args::called) == 1>{}), ...);
        const Values values(args...);
        std::size_t resume = 0;
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (write<I>(out.html_, resume, values), ...);
        }
        (std::make_index_sequence<pieces>{});
    }
};

/// Appends a filled template to `out`: for rows, many times over.
template <const auto& source, class... Args>
void append(Safe& out, const Args&... args) {
    Renderer<source, Args...>::append(out, args...);
}

/// A filled template.
template <const auto& source, class... Args>
Safe render(const Args&... args) {
    Safe out;
    Renderer<source, Args...>::append(out, args...);
    return out;
}

}  // namespace dreams::html
