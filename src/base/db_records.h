#pragma once

// The templates behind base/db.h: records to SQL and back. Include base/db.h instead.

#include <algorithm>
#include <array>
#include <string>

#include "base/db.h"

namespace dreams::detail {

template <Record R>
std::vector<std::string_view> column_names() {
    std::vector<std::string_view> names;
    R record{};
    for_each_column(record, [&](const char* name, const auto&) { names.emplace_back(name); });
    return names;
}

std::string insert_sql(std::string_view table, const std::vector<std::string_view>& columns,
                       std::string_view on_conflict);
std::string update_sql(const Keep& how, const std::vector<std::string_view>& columns);

/// Binds each column of `record` to the parameter of its position: `statement` was made by
/// insert_sql or update_sql, where parameter n is column n. Borrows the record's texts.
template <Record R>
void bind_columns(Statement& statement, const R& record) {
    int at = 0;
    const int count = statement.parameters();
    for_each_column(record, [&]<class T>(const char*, const T& value) {
        if (at < count) Field<T>::bind(statement, at, value, Hold::borrow);
        ++at;
    });
}

/// Reads rows into records, matching columns by name. A column that the record lacks is passed
/// over; one that the result lacks keeps the record's default, and so does an enum where the file
/// says nothing yet (NULL): the trend of someone who was never scored.
template <class T>
class Reader {
public:
    explicit Reader(const Statement& statement) {
        if constexpr (Record<T>)
            for (const auto name : column_names<T>()) at_.push_back(statement.column(name));
    }
    T read(const Statement& statement) const {
        if constexpr (Record<T>) {
            T record{};
            std::size_t n = 0;
            for_each_column(record, [&]<class V>(const char*, V& value) {
                const int at = at_[n++];
                if (at < 0 || (Worded<V> && statement.is_null(at))) return;
                value = statement.get<V>(at);
            });
            return record;
        } else {
            return statement.get<T>(0);
        }
    }

private:
    std::vector<int> at_;
};

}  // namespace dreams::detail

namespace dreams {

template <class T>
std::vector<T> Db::list(std::string_view sql, Params params) {
    std::vector<T> rows;
    Statement statement = query(sql, params);
    const detail::Reader<T> reader(statement);
    while (statement.step()) rows.push_back(reader.read(statement));
    return rows;
}

template <class T>
std::optional<T> Db::one(std::string_view sql, Params params) {
    Statement statement = query(sql, params);
    if (!statement.step()) return std::nullopt;
    return detail::Reader<T>(statement).read(statement);
}

template <class T>
T Db::value(std::string_view sql, Params params) {
    if (auto row = one<T>(sql, params)) return std::move(*row);
    throw Error(Fault::not_found, "there is no such row");
}

template <Record R>
void Db::add(std::string_view table, const R& record) {
    add_all(table, std::vector<R>{record});
}

template <Record R>
void Db::add_all(std::string_view table, const std::vector<R>& records) {
    Statement insert = prepare(detail::insert_sql(table, detail::column_names<R>(), ""));
    for (const R& record : records) {
        detail::bind_columns(insert, record);
        insert.step();
        insert.reset();
    }
}

/// Keeps records of one table: makes the row that is not there, changes the one that differs,
/// leaves the one that is the same. Both statements are prepared once.
template <Record R>
class Keeper {
public:
    Keeper(Db& db, const Keep& how)
        : db_(db),
          insert_(db.prepare(detail::insert_sql(how.table, detail::column_names<R>(), how.key))),
          update_(db.prepare(detail::update_sql(how, detail::column_names<R>()))) {}

    Kept keep(const R& record) {
        if (run(insert_, record)) return Kept::created;
        return run(update_, record) ? Kept::updated : Kept::unchanged;
    }

private:
    bool run(Statement& statement, const R& record) {
        detail::bind_columns(statement, record);
        statement.step();
        const bool changed = db_.changes() > 0;
        statement.reset();
        return changed;
    }
    Db& db_;
    Statement insert_, update_;
};

}  // namespace dreams
