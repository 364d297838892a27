#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/record.h"
#include "base/time.h"

struct sqlite3;
struct sqlite3_stmt;

namespace dreams {

/// Whether a bound text is copied, or stays the caller's until the statement is done with it.
enum class Hold { copy, borrow };

/// A prepared statement on loan from its connection's cache; given back, reset, when it goes.
/// A thin cover over the engine's: positions count from 0 for columns and parameters alike.
class Statement {
public:
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    int parameter(const char* name) const;  ///< of `:name`; throws Error{internal}: not in the SQL
    int column(std::string_view name) const;  ///< −1: the result has no such column
    int columns() const;
    int parameters() const;
    std::string_view column_name(int column) const;

    void bind_null(int parameter);
    void bind(int parameter, std::int64_t value);
    void bind(int parameter, double value);
    void bind(int parameter, std::string_view value, Hold hold = Hold::copy);

    bool step();   ///< true: a row stands ready. Throws what base/db_sqlite.cpp makes of a failure
    void reset();  ///< ready to be bound and stepped again

    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string_view text(int column) const;  ///< valid until the next step

    template <class T>
    T get(int column) const;  ///< as Field<T> reads it

private:
    friend class Db;
    struct Entry;
    explicit Statement(Entry* entry) : entry_(entry) {}
    Entry* entry_;
};

/// How a member's type is bound and read; specialise for a type of your own.
template <class T>
struct Field;

template <class T>
T Statement::get(int column) const {
    return Field<T>::read(*this, column);
}

template <std::integral T>
struct Field<T> {
    static void bind(Statement& s, int at, T value, Hold = Hold::copy) {
        s.bind(at, static_cast<std::int64_t>(value));
    }
    static T read(const Statement& s, int at) { return static_cast<T>(s.integer(at)); }
};

template <std::floating_point T>
struct Field<T> {
    static void bind(Statement& s, int at, T value, Hold = Hold::copy) { s.bind(at, value); }
    static T read(const Statement& s, int at) { return static_cast<T>(s.real(at)); }
};

template <>
struct Field<std::string> {
    static void bind(Statement& s, int at, const std::string& value, Hold hold = Hold::copy) {
        s.bind(at, std::string_view(value), hold);
    }
    static std::string read(const Statement& s, int at) { return std::string(s.text(at)); }
};

template <>
struct Field<std::string_view> {
    static void bind(Statement& s, int at, std::string_view value, Hold hold = Hold::copy) {
        s.bind(at, value, hold);
    }
};

/// Reads also `YYYY-MM-DD HH:MM:SS`, which is UTC: what CURRENT_TIMESTAMP writes for older
/// programs.
template <>
struct Field<Instant> {
    static void bind(Statement& s, int at, Instant value, Hold = Hold::copy) {
        char text[20];
        write_instant(value, text);
        s.bind(at, std::string_view(text, sizeof text));
    }
    static std::optional<Instant> read_if(const Statement& s, int at);
    static Instant read(const Statement& s, int at);  ///< throws Error{invalid}: no instant there
};

template <>
struct Field<Date> {
    static void bind(Statement& s, int at, Date value, Hold = Hold::copy) {
        s.bind(at, std::string_view(to_text(value)));
    }
    static Date read(const Statement& s, int at);
};

template <Worded E>
struct Field<E> {
    static void bind(Statement& s, int at, E value, Hold = Hold::copy) {
        s.bind(at, word(value), Hold::borrow);  // words are static
    }
    static std::optional<E> read_if(const Statement& s, int at) { return from_word<E>(s.text(at)); }
    static E read(const Statement& s, int at) {
        if (const auto value = read_if(s, at)) return *value;
        throw Error(Fault::invalid, "the file holds '" + std::string(s.text(at)) + "' as a " +
                                        std::string(s.column_name(at)) + ", which is not known");
    }
};

/// Typed ids and the like: a struct around one `text`.
template <class T>
requires requires(T t) {
    { t.text } -> std::same_as<std::string&>;
}
struct Field<T> {
    static void bind(Statement& s, int at, const T& value, Hold hold = Hold::copy) {
        s.bind(at, std::string_view(value.text), hold);
    }
    static T read(const Statement& s, int at) { return T{std::string(s.text(at))}; }
};

/// None is NULL. An instant or an enum whose text is not understood reads as none too: older
/// programs wrote local times without a zone (`dreams migrate` puts them right).
template <class T>
struct Field<std::optional<T>> {
    static void bind(Statement& s, int at, const std::optional<T>& value, Hold hold = Hold::copy) {
        if (value)
            Field<T>::bind(s, at, *value, hold);
        else
            s.bind_null(at);
    }
    static std::optional<T> read(const Statement& s, int at) {
        if (s.is_null(at)) return std::nullopt;
        if constexpr (requires { Field<T>::read_if(s, at); })
            return Field<T>::read_if(s, at);
        else
            return Field<T>::read(s, at);
    }
};

/// A value for a named parameter, of any type that Field knows.
class Value {
public:
    Value(std::nullptr_t) {}
    Value(const char* text) : held_(std::string_view(text)) {}
    Value(std::string_view text) : held_(text) {}
    Value(const std::string& text) : held_(std::string_view(text)) {}
    template <std::integral T>
    Value(T value) : held_(static_cast<std::int64_t>(value)) {}
    template <std::floating_point T>
    Value(T value) : held_(static_cast<double>(value)) {}
    Value(Instant instant) : held_(to_text(instant)) {}
    Value(Date date) : held_(to_text(date)) {}
    template <Worded E>
    Value(E value) : held_(word(value)) {}
    template <class T>
    requires requires(const T& t) {
        { t.text } -> std::same_as<const std::string&>;
    }
    Value(const T& id) : held_(std::string_view(id.text)) {}
    template <class T>
    Value(const std::optional<T>& value) {
        if (value) held_ = Value(*value).held_;
    }

    void bind(Statement& statement, int parameter) const;

private:
    std::variant<std::monostate, std::int64_t, double, std::string_view, std::string> held_;
};

/// `{"today", today}` for `:today`.
struct Param {
    const char* name;
    Value value;
};
using Params = std::initializer_list<Param>;

class Db;

/// Everything until commit() happens together or not at all; going out of scope takes it back.
class Transaction {
public:
    Transaction(Transaction&& other) noexcept : db_(other.db_) { other.db_ = nullptr; }
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    void commit();

private:
    friend class Db;
    explicit Transaction(Db& db) : db_(&db) {}
    Db* db_;
};

/// What keeping a record came to.
enum class Kept { created, updated, unchanged };

/// How a Keeper treats a table: rows are told apart by `key`; `once` columns are written when a
/// row is made and never again; `touch` columns are written whenever another one changes, and are
/// no change by themselves (`updated_at`); in `lasting` columns none erases nothing: somebody else
/// may have filled them.
struct Keep {
    std::string_view table;
    std::string_view key;
    std::vector<std::string_view> once = {};
    std::vector<std::string_view> touch = {};
    std::vector<std::string_view> lasting = {};
};

/// One connection to one file: the only door to a database. Not for two threads at once; each
/// thread opens its own. WAL, busy timeout 5 s, foreign keys on, statements cached.
class Db {
public:
    enum class Mode { read_write, read_only, create };

    /// Opens `path` (`:memory:` too). Throws Error: not_found (no file, and not to be created),
    /// invalid (no database, or a damaged one), unavailable (may not, cannot).
    static Db open(const std::string& path, Mode mode = Mode::read_write);

    Db(Db&&) noexcept;
    Db& operator=(Db&&) noexcept;
    ~Db();

    const std::string& path() const;
    sqlite3* handle() const;  ///< for what only the engine offers: backup, sessions

    Statement prepare(std::string_view sql);
    Statement query(std::string_view sql, Params params = {});  ///< bound, ready to step

    void script(const std::string& sql);  ///< several statements, no parameters, no result
    std::int64_t run(std::string_view sql, Params params = {});  ///< gives the rows changed
    std::int64_t last_id() const;  ///< the integer key of the row added last

    template <class T>
    std::vector<T> list(std::string_view sql, Params params = {});  ///< records, or one column
    template <class T>
    std::optional<T> one(std::string_view sql,
                         Params params = {});  ///< the first row; none: no row
    template <class T>
    T value(std::string_view sql, Params params = {});  ///< throws Error{not_found}: no row

    template <Record R>
    void add(std::string_view table, const R& record);
    template <Record R>
    void add_all(std::string_view table, const std::vector<R>& records);

    Transaction begin();  ///< takes the write lock at once (BEGIN IMMEDIATE), waits up to 5 s
    bool in_transaction() const;
    std::int64_t changes() const;  ///< rows that the last statement changed

    /// Makes `target` the same database as this one is at one moment; others may go on using this
    /// one meanwhile. Throws Error as every other use of the two files does.
    void copy_to(Db& target) const;

private:
    friend class Transaction;
    friend class Statement;
    struct Impl;
    explicit Db(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// The engine's version, `3.53.2`; throws Error{internal} when the program runs with a SQLite in
/// the range of the WAL-reset bug (3.7.0–3.51.2), whatever it was built with.
std::string checked_sqlite_version();

}  // namespace dreams

#include "base/db_records.h"  // IWYU pragma: export
