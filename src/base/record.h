#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/error.h"
#include "base/pack.h"

namespace dreams {

/// One column of a record: its name in the table, and the member that carries it.
template <class Owner, class Value>
struct Column {
    const char* name;
    Value Owner::*member;
};
template <class Owner, class Value>
Column(const char*, Value Owner::*) -> Column<Owner, Value>;

/// A group of columns that stands in a struct of its own because it has a writer of its own.
template <class Owner, class Value>
struct Part {
    Value Owner::*member;
};
template <class Owner, class Value>
Part(Value Owner::*) -> Part<Owner, Value>;

/// The columns and parts of a record, in order.
template <class... Each>
struct Columns : Pack<Each...> {
    using Pack<Each...>::Pack;

    /// These, and more behind them.
    template <class... More>
    constexpr auto with(const More&... more) const {
        return this->apply(
            [&](const auto&... each) { return Columns<Each..., More...>(each..., more...); });
    }
};
template <class... Each>
Columns(Each...) -> Columns<Each...>;

/// A struct that declares `static constexpr auto columns()`: its Columns.
template <class R>
concept Record = requires {
    std::remove_cvref_t<R>::columns();
};

namespace detail {
template <class R, class F, class Owner, class Value>
constexpr void visit_column(R& record, F& visit, const Column<Owner, Value>& column) {
    visit(column.name, record.*column.member);
}
template <class R, class F>
constexpr void visit_columns(R& record, F& visit);
template <class R, class F, class Owner, class Value>
constexpr void visit_column(R& record, F& visit, const Part<Owner, Value>& part) {
    visit_columns(record.*part.member, visit);
}
template <class R, class F>
constexpr void visit_columns(R& record, F& visit) {
    std::remove_cvref_t<R>::columns().apply(
        [&](const auto&... column) { (visit_column(record, visit, column), ...); });
}
}  // namespace detail

/// Calls `visit(name, value)` for every column of `record`, parts included, in declared order.
template <Record R, class F>
constexpr void for_each_column(R& record, F&& visit) {
    detail::visit_columns(record, visit);
}

/// The words an enum goes by in the file: specialise with `static constexpr auto list`, an array
/// of {value, word}.
template <class E>
struct Words;

template <class E>
concept Worded = std::is_enum_v<E> && requires {
    Words<E>::list;
};

/// The word of `value`, e.g. `property_view`.
template <Worded E>
constexpr std::string_view word(E value) {
    for (const auto& [each, text] : Words<E>::list)
        if (each == value) return text;
    throw Error(Fault::internal, "an enum value has no word");
}

/// The value that goes by `text`; none: no value does.
template <Worded E>
constexpr std::optional<E> from_word(std::string_view text) {
    for (const auto& [each, known] : Words<E>::list)
        if (known == text) return each;
    return std::nullopt;
}

}  // namespace dreams
