#include "store/imports.h"

namespace dreams::store {

std::int64_t open_import(Db& db, const Import& import) {
    db.run(R"sql(
        INSERT INTO dreams_imports (file, format, fingerprint, observed_at, started_at)
        VALUES (:file, :format, :fingerprint, :observed_at, :started_at))sql",
           {{"file", import.file},
            {"format", import.format},
            {"fingerprint", import.fingerprint},
            {"observed_at", import.observed_at},
            {"started_at", import.started_at}});
    return db.last_id();
}

void count_import(Db& db, const Import& import) {
    db.run(R"sql(
        UPDATE dreams_imports
           SET rows_read = :rows, created = :created, updated = :updated, unchanged = :unchanged,
               refused = :refused, notices = :notices, price_changes = :price_changes,
               status_changes = :status_changes, relistings = :relistings,
               completed_at = :completed_at
         WHERE id = :id)sql",
           {{"rows", import.rows},
            {"created", import.created},
            {"updated", import.updated},
            {"unchanged", import.unchanged},
            {"refused", import.refused},
            {"notices", import.notices},
            {"price_changes", import.price_changes},
            {"status_changes", import.status_changes},
            {"relistings", import.relistings},
            {"completed_at", import.completed_at},
            {"id", import.id}});
}

std::string lease_of_import(const std::string& fingerprint) {
    return "import of " + fingerprint;
}

bool is_open(Db& db, const Import& import) {
    return db
        .one<int>(R"sql(
            SELECT 1 FROM dreams_imports
             WHERE id = :id AND fingerprint = :fingerprint AND started_at = :started
               AND completed_at IS NULL AND undone_at IS NULL)sql",
                  {{"id", import.id},
                   {"fingerprint", import.fingerprint},
                   {"started", import.started_at}})
        .has_value();
}

std::optional<Import> import_of(Db& db, const std::string& fingerprint) {
    return db.one<Import>(R"sql(
        SELECT * FROM dreams_imports
         WHERE fingerprint = :fingerprint AND completed_at IS NOT NULL AND undone_at IS NULL
         ORDER BY observed_at DESC, id DESC LIMIT 1)sql",
                          {{"fingerprint", fingerprint}});
}

std::optional<Import> other_reading_of(Db& db, const std::string& cells,
                                       const std::string& fingerprint) {
    return db.one<Import>(R"sql(
        SELECT * FROM dreams_imports
         WHERE fingerprint >= :cells || '/' AND fingerprint < :cells || '0'
           AND fingerprint <> :fingerprint
           AND completed_at IS NOT NULL AND undone_at IS NULL
         ORDER BY id DESC LIMIT 1)sql",
                          {{"cells", cells}, {"fingerprint", fingerprint}});
}

Import import(Db& db, std::int64_t id) {
    if (auto found = db.one<Import>("SELECT * FROM dreams_imports WHERE id = :id", {{"id", id}}))
        return std::move(*found);
    throw Error(Fault::not_found, "there is no import number " + std::to_string(id));
}

std::vector<Import> imports(Db& db, int limit, std::optional<std::int64_t> before) {
    return db.list<Import>(R"sql(
        SELECT * FROM dreams_imports WHERE :before IS NULL OR id < :before
         ORDER BY id DESC LIMIT :limit)sql",
                           {{"before", before}, {"limit", limit}});
}

std::int64_t count_imports(Db& db) {
    return db.value<std::int64_t>("SELECT count(*) FROM dreams_imports");
}

std::vector<ImportRow> import_rows(Db& db, std::int64_t id) {
    return db.list<ImportRow>(
        "SELECT * FROM dreams_import_rows WHERE import_id = :id ORDER BY line", {{"id", id}});
}

std::vector<ImportRow> import_remarks(Db& db, std::int64_t id, int limit) {
    return db.list<ImportRow>(R"sql(
        SELECT * FROM dreams_import_rows WHERE import_id = :id AND why IS NOT NULL
         ORDER BY line LIMIT :limit)sql",
                              {{"id", id}, {"limit", limit}});
}

std::vector<ImportedHome> imported_homes(Db& db, std::int64_t id, int limit) {
    return db.list<ImportedHome>(R"sql(
        WITH moved AS (SELECT c.property_id, c.change_type, max(c.old_value) AS old_value
                         FROM dreams_home_journal j JOIN property_changes c ON c.id = j.row_id
                        WHERE j.action = 'import' AND j.action_id = :id
                          AND j.table_name = 'property_changes'
                          AND c.change_type IN ('price', 'status')
                        GROUP BY c.property_id, c.change_type),
             told AS (SELECT property_id, min(outcome) AS outcome, min(line) AS line
                        FROM dreams_import_rows
                       WHERE import_id = :id AND outcome IN ('created', 'updated')
                       GROUP BY property_id)
        SELECT p.id, told.outcome, p.address, p.city, p.status, p.price,
               price.old_value AS price_before, status.old_value AS status_before
          FROM told JOIN properties p ON p.id = told.property_id
          LEFT JOIN moved price ON price.property_id = p.id AND price.change_type = 'price'
          LEFT JOIN moved status ON status.property_id = p.id AND status.change_type = 'status'
         ORDER BY price.old_value IS NULL, status.old_value IS NULL, told.outcome, told.line
         LIMIT :limit)sql",
                                 {{"id", id}, {"limit", limit}});
}

std::optional<JsonText> remembered_mapping(Db& db, const std::string& header) {
    return db.one<JsonText>("SELECT mapping FROM dreams_import_mappings WHERE header = :header",
                            {{"header", header}});
}

void remember_mapping(Db& db, const std::string& header, const JsonText& mapping, Instant now) {
    db.run(R"sql(
        INSERT INTO dreams_import_mappings (header, mapping, saved_at)
        VALUES (:header, :mapping, :now)
        ON CONFLICT (header) DO UPDATE SET mapping = excluded.mapping, saved_at = excluded.saved_at
        )sql",
           {{"header", header}, {"mapping", mapping}, {"now", now}});
}

}  // namespace dreams::store
