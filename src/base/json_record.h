#pragma once

// Records to a JSON text and back, by their declared columns: for records that have to wait in a
// column of text. What the API answers is base/json_writer's.

#include <concepts>
#include <optional>
#include <string>
#include <type_traits>

#include "base/json.h"
#include "base/record.h"
#include "base/time.h"

namespace dreams::json {
namespace detail {

template <class T>
concept TextLike = requires(T t) {
    { t.text } -> std::same_as<std::string&>;
};

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <class T>
Value to_value(const T& field) {
    if constexpr (IsOptional<T>::value)
        return field ? to_value(*field) : Value(nullptr);
    else if constexpr (Worded<T>)
        return Value(boost::json::string_view(word(field).data(), word(field).size()));
    else if constexpr (TextLike<T>)
        return Value(boost::json::string_view(field.text));
    else if constexpr (std::same_as<T, std::string>)
        return Value(boost::json::string_view(field));
    else if constexpr (std::same_as<T, Instant>)
        return Value(boost::json::string_view(dreams::to_text(field)));
    else
        return Value(field);
}

/// Throws Error{invalid} for a field that is missing or of another kind.
template <class T>
T to_field(const Object& object, const char* name) {
    const Value* value = object.if_contains(name);
    if constexpr (IsOptional<T>::value) {
        if (!value || value->is_null()) return std::nullopt;
        return to_field<typename T::value_type>(object, name);
    } else {
        const auto fail = [&] {
            return Error(Fault::invalid, std::string("a stored record has no readable ") + name);
        };
        if (!value) throw fail();
        if constexpr (std::integral<T>) {
            if (const auto* number = value->if_int64()) return static_cast<T>(*number);
        } else if constexpr (std::floating_point<T>) {
            if (value->is_number()) return value->to_number<T>();
        } else if (const auto* text = value->if_string()) {
            const std::string_view view(text->data(), text->size());
            if constexpr (Worded<T>) {
                if (const auto known = from_word<T>(view)) return *known;
            } else if constexpr (std::same_as<T, Instant>) {
                if (const auto instant = instant_from(view)) return *instant;
            } else if constexpr (TextLike<T>) {
                return T{std::string(view)};
            } else {
                return T(view);
            }
        }
        throw fail();
    }
}

}  // namespace detail

/// The record as a JSON object, a member a column.
template <Record R>
std::string to_json(const R& record) {
    Object object;
    for_each_column(record, [&]<class T>(const char* name, const T& field) {
        object.emplace(name, detail::to_value(field));
    });
    return serialized(object);
}

/// Reads what to_json wrote. Throws Error{invalid}.
template <Record R>
R from_json(std::string_view text) {
    const Value value = parse(text);
    if (!value.is_object()) throw Error(Fault::invalid, "a stored record is no JSON object");
    R record{};
    for_each_column(record, [&]<class T>(const char* name, T& field) {
        field = detail::to_field<T>(value.get_object(), name);
    });
    return record;
}

}  // namespace dreams::json
