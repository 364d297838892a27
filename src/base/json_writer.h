#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>

#include "base/record.h"
#include "base/time.h"

namespace dreams::json {

/// Writes JSON to the end of a string as it is told: no tree is built. Commas are its business;
/// that what is begun is ended, and that members have keys, is the caller's.
///
///     Writer json(out);
///     json.begin_object().member("lead_id", lead.id).key("scores").begin_array();
class Writer {
public:
    explicit Writer(std::string& out) : out_(out) {}

    Writer& begin_object() { return open('{'); }
    Writer& end_object() { return close('}'); }
    Writer& begin_array() { return open('['); }
    Writer& end_array() { return close(']'); }
    Writer& key(std::string_view name);

    Writer& null() { return raw("null"); }
    Writer& truth(bool value) { return raw(value ? "true" : "false"); }
    Writer& integer(std::int64_t value);
    Writer& number(double value);  ///< the shortest text that reads back the same; NaN: null
    Writer& string(std::string_view text);  ///< invalid UTF-8 and NUL become U+FFFD
    Writer& raw(std::string_view json);     ///< as it stands
    /// A column that ought to hold JSON: as it stands if it does, else as a string. Empty: null.
    Writer& column(std::string_view text);

    /// `write(*this, value)` under a key.
    template <class T>
    Writer& member(std::string_view name, const T& value);

private:
    Writer& open(char bracket);
    Writer& close(char bracket);
    void separate();

    std::string& out_;
    bool comma_ = false;  ///< whether something stands before the next value
};

namespace detail {
template <class T>
concept StringLike = std::convertible_to<const T&, std::string_view>;
/// Ids and the like: a struct around one `text`.
template <class T>
concept Wrapped = requires(const T& t) {
    { t.text } -> std::same_as<const std::string&>;
};
/// A Wrapped whose text is itself JSON says so with `static constexpr bool holds_json = true`.
template <class T>
concept HoldsJson = Wrapped<T> && T::holds_json;
}  // namespace detail

/// Appends `value`: numbers, bools, texts, instants, dates, enums with Words, ids, optionals (none
/// is null), ranges (arrays), and records (objects, a member a column).
template <class T>
void write(Writer& json, const T& value) {
    if constexpr (std::same_as<T, bool>)
        json.truth(value);
    else if constexpr (std::integral<T>)
        json.integer(static_cast<std::int64_t>(value));
    else if constexpr (std::floating_point<T>)
        json.number(static_cast<double>(value));
    else if constexpr (detail::StringLike<T>)
        json.string(value);
    else if constexpr (std::same_as<T, Instant> || std::same_as<T, Date>)
        json.string(to_text(value));
    else if constexpr (Worded<T>)
        json.string(word(value));
    else if constexpr (detail::HoldsJson<T>)
        json.column(value.text);
    else if constexpr (detail::Wrapped<T>)
        json.string(value.text);
    else if constexpr (Record<T>) {
        json.begin_object();
        for_each_column(value,
                        [&](const char* name, const auto& each) { json.member(name, each); });
        json.end_object();
    } else {
        static_assert(std::ranges::range<T>, "a value of this type has no JSON");
        json.begin_array();
        for (const auto& each : value) write(json, each);
        json.end_array();
    }
}

template <class T>
void write(Writer& json, const std::optional<T>& value) {
    if (value)
        write(json, *value);
    else
        json.null();
}

template <class T>
Writer& Writer::member(std::string_view name, const T& value) {
    key(name);
    write(*this, value);
    return *this;
}

/// `value` as one JSON document.
template <class T>
std::string written(const T& value) {
    std::string out;
    Writer json(out);
    write(json, value);
    return out;
}

}  // namespace dreams::json
