#include <sqlite3.h>

#include <map>
#include <utility>

#include "base/db.h"
#include "base/db_guard.h"
#include "base/db_place.h"
#include "base/db_rows.h"

namespace dreams {
namespace {

constexpr int busy_timeout_ms = 5000;

/// What the engine asks before a commit; anything but 0 takes it back.
int before_commit(void* path) {
    return may_write(*static_cast<const std::string*>(path)) ? 0 : 1;
}

}  // namespace

Error sqlite_error(sqlite3* db, int code, const std::string& path) {
    const std::string detail = db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
    switch (code & 0xff) {
        case SQLITE_NOTADB:
            return {Fault::invalid, path + " is not a database"};
        case SQLITE_CORRUPT:
            return {Fault::invalid, path + " is damaged; restore a backup (" + detail + ")"};
        case SQLITE_FULL:
            return {Fault::unavailable,
                    "the disk is full; nothing of this step was kept in " + path};
        case SQLITE_READONLY:
            return {Fault::unavailable,
                    path + " cannot be written: the file or its folder is read-only"};
        case SQLITE_CANTOPEN:
            return {Fault::unavailable,
                    path + " cannot be opened: check that its folder exists and may be written"};
        case SQLITE_IOERR:
            if (code == SQLITE_IOERR_SHMSIZE)  // no room for the index of the WAL
                return {Fault::unavailable,
                        "the disk is full or has failed; " + path + " cannot be used"};
            return {Fault::unavailable,
                    "the disk failed while using " + path + " (" + detail + ")"};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {Fault::unavailable,
                    path + " is busy: another program is writing to it; try again"};
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return {Fault::unavailable, path + " may not be used by this user"};
        case SQLITE_CONSTRAINT:
            if (code == SQLITE_CONSTRAINT_COMMITHOOK)
                return {Fault::unavailable, path +
                                                " is no longer the file that was opened; "
                                                "nothing of this step was kept"};
            return {Fault::conflict, "the file's rules refuse this: " + detail};
        case SQLITE_TOOBIG:
            return {Fault::invalid, "a value is too large to be stored"};
        default:
            return {Fault::internal, "SQLite: " + detail};
    }
}

struct Statement::Entry {
    sqlite3_stmt* statement = nullptr;
    const std::string* path = nullptr;
    bool lent = false;
    bool cached = true;

    void check(int code) const {
        if (code != SQLITE_OK) throw sqlite_error(sqlite3_db_handle(statement), code, *path);
    }
};

struct Db::Impl {
    std::string path;
    sqlite3* db = nullptr;
    std::map<std::string, Statement::Entry, std::less<>> cache;

    ~Impl() {
        for (auto& [sql, entry] : cache) sqlite3_finalize(entry.statement);
        if (!may_write(path)) sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        sqlite3_close_v2(db);
    }
    void check(int code) const {
        if (code != SQLITE_OK) throw sqlite_error(db, code, path);
    }
    void compile(Statement::Entry& entry, std::string_view sql, unsigned flags) const {
        check(sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()), flags,
                                 &entry.statement, nullptr));
        entry.path = &path;
        if (!entry.statement) throw Error(Fault::internal, "an SQL text without a statement");
    }
};

// ---- Statement

Statement::Statement(Statement&& other) noexcept : entry_(std::exchange(other.entry_, nullptr)) {}

Statement::~Statement() {
    if (!entry_) return;
    if (!entry_->cached) {
        sqlite3_finalize(entry_->statement);
        delete entry_;
        return;
    }
    sqlite3_reset(entry_->statement);
    sqlite3_clear_bindings(entry_->statement);
    entry_->lent = false;
}

int Statement::parameter(const char* name) const {
    const std::string marked = std::string(":") + name;
    const int index = sqlite3_bind_parameter_index(entry_->statement, marked.c_str());
    if (index == 0) throw Error(Fault::internal, "the SQL has no parameter " + marked);
    return index - 1;
}

int Statement::column(std::string_view name) const {
    for (int i = 0; i < columns(); ++i)
        if (column_name(i) == name) return i;
    return -1;
}

int Statement::parameters() const {
    return sqlite3_bind_parameter_count(entry_->statement);
}
int Statement::columns() const {
    return sqlite3_column_count(entry_->statement);
}

std::string_view Statement::column_name(int column) const {
    return sqlite3_column_name(entry_->statement, column);
}

void Statement::bind_null(int parameter) {
    entry_->check(sqlite3_bind_null(entry_->statement, parameter + 1));
}

void Statement::bind(int parameter, std::int64_t value) {
    entry_->check(sqlite3_bind_int64(entry_->statement, parameter + 1, value));
}

void Statement::bind(int parameter, double value) {
    entry_->check(sqlite3_bind_double(entry_->statement, parameter + 1, value));
}

void Statement::bind(int parameter, std::string_view value, Hold hold) {
    const char* const bytes = value.data() ? value.data() : "";  // null would bind NULL
    entry_->check(sqlite3_bind_text64(entry_->statement, parameter + 1, bytes, value.size(),
                                      hold == Hold::copy ? SQLITE_TRANSIENT : SQLITE_STATIC,
                                      SQLITE_UTF8));
}

bool Statement::step() {
    const int code = sqlite3_step(entry_->statement);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    const Error error = sqlite_error(sqlite3_db_handle(entry_->statement), code, *entry_->path);
    sqlite3_reset(entry_->statement);  // so that a caller who goes on finds it usable
    throw error;
}

void Statement::reset() {
    sqlite3_reset(entry_->statement);
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(entry_->statement, column) == SQLITE_NULL;
}
std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(entry_->statement, column);
}
double Statement::real(int column) const {
    return sqlite3_column_double(entry_->statement, column);
}
std::string_view Statement::text(int column) const {
    // The value is taken once and asked twice, which is half the way of sqlite3_column_text and
    // _bytes. An unprotected value is not thread-safe, and neither is a connection of ours.
    sqlite3_value* const value = sqlite3_column_value(entry_->statement, column);
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
    if (!bytes) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

// ---- Transaction

Transaction::~Transaction() {
    // A failed COMMIT or a full disk may have ended it already; then there is nothing to take back.
    if (db_ && db_->in_transaction())
        sqlite3_exec(db_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
    db_->script("COMMIT");
    db_ = nullptr;
}

// ---- Db

Db::Db(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Db::Db(Db&&) noexcept = default;
Db& Db::operator=(Db&&) noexcept = default;
Db::~Db() = default;

Db Db::open(const std::string& path, Mode mode) {
    checked_sqlite_version();
    const auto name = mode == Mode::read_only ? name_to_read(path) : path;
    auto impl = std::make_unique<Impl>();
    impl->path = path;
    const int flags = mode == Mode::read_only ? SQLITE_OPEN_READONLY
                      : mode == Mode::create  ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                              : SQLITE_OPEN_READWRITE;
    const int as_uri = name == path ? 0 : SQLITE_OPEN_URI;
    impl->check(
        sqlite3_open_v2(name.c_str(), &impl->db, flags | as_uri | SQLITE_OPEN_NOMUTEX, nullptr));
    impl->check(sqlite3_busy_timeout(impl->db, busy_timeout_ms));
    sqlite3_extended_result_codes(impl->db, 1);
    Db db(std::move(impl));
    // Reading the schema is what finds out that a file is no database.
    db.query("SELECT count(*) FROM sqlite_master").step();
    if (mode != Mode::read_only) {
        sqlite3_commit_hook(db.handle(), before_commit, &db.impl_->path);
        db.query("PRAGMA journal_mode = WAL").step();
    }
    db.script("PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL;");
    return db;
}

const std::string& Db::path() const {
    return impl_->path;
}
sqlite3* Db::handle() const {
    return impl_->db;
}

Statement Db::prepare(std::string_view sql) {
    const auto found = impl_->cache.find(sql);
    if (found != impl_->cache.end() && !found->second.lent) {
        found->second.lent = true;
        return Statement(&found->second);
    }
    if (found != impl_->cache.end()) {  // the same SQL is at work further up: a second copy
        auto entry = std::make_unique<Statement::Entry>();
        impl_->compile(*entry, sql, 0);
        entry->cached = false;
        return Statement(entry.release());
    }
    Statement::Entry entry;
    impl_->compile(entry, sql, SQLITE_PREPARE_PERSISTENT);
    entry.lent = true;
    return Statement(&impl_->cache.emplace(std::string(sql), entry).first->second);
}

Statement Db::query(std::string_view sql, Params params) {
    Statement statement = prepare(sql);
    for (const auto& [name, value] : params) value.bind(statement, statement.parameter(name));
    return statement;
}

void Db::script(const std::string& sql) {
    impl_->check(sqlite3_exec(impl_->db, sql.c_str(), nullptr, nullptr, nullptr));
}

std::int64_t Db::run(std::string_view sql, Params params) {
    Statement statement = query(sql, params);
    while (statement.step()) {
    }
    return changes();
}

std::int64_t Db::last_id() const {
    return sqlite3_last_insert_rowid(impl_->db);
}
std::int64_t Db::changes() const {
    return sqlite3_changes64(impl_->db);
}
bool Db::in_transaction() const {
    return sqlite3_get_autocommit(impl_->db) == 0;
}

Transaction Db::begin() {
    script("BEGIN IMMEDIATE");
    return Transaction(*this);
}

void Db::copy_to(Db& target) const {
    sqlite3* const to = target.impl_->db;
    sqlite3_backup* const backup = sqlite3_backup_init(to, "main", impl_->db, "main");
    if (!backup) throw sqlite_error(to, sqlite3_extended_errcode(to), target.path());
    const int stepped = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    if (stepped == SQLITE_DONE) return;
    // A damaged or busy file is the one that is read; anything else befell the one written.
    const bool reading = (stepped & 0xff) == SQLITE_CORRUPT || (stepped & 0xff) == SQLITE_NOTADB ||
                         (stepped & 0xff) == SQLITE_BUSY || (stepped & 0xff) == SQLITE_LOCKED;
    throw sqlite_error(nullptr, stepped, reading ? impl_->path : target.path());
}

std::string checked_sqlite_version() {
    if (sqlite3_libversion_number() < 3051003)
        throw Error(
            Fault::internal,
            std::string("this program runs with SQLite ") + sqlite3_libversion() +
                ", which can damage a file that two programs use; it needs 3.51.3 or newer");
    return sqlite3_libversion();
}

}  // namespace dreams
