#include "store/backup_manifest.h"

#include <filesystem>
#include <fstream>

#include "base/json.h"
#include "base/json_writer.h"

namespace dreams::store {
namespace {

std::string manifest_text(const Backup& backup) {
    std::string out;
    json::Writer json(out);
    json.begin_object()
        .member("file", std::filesystem::path(backup.file).filename().string())
        .member("bytes", backup.bytes)
        .member("made_at", backup.made_at)
        .member("environment", backup.environment)
        .member("lineage", backup.lineage)
        .member("copy", backup.copy)
        .member("key", backup.key)
        .member("orphans", backup.orphans);
    json.key("verified").truth(true);
    write_tables(json, backup);
    json.end_object();
    return out;
}

std::optional<Backup> read(const std::string& file, const json::Value& told) {
    const auto made_at = json::text(told, "made_at");
    const auto* tables = json::object(told, "tables");
    if (!made_at || !instant_from(*made_at) || !tables) return std::nullopt;
    Backup backup{.file = file,
                  .bytes = json::integer(told, "bytes").value_or(0),
                  .made_at = *instant_from(*made_at),
                  .environment = json::text(told, "environment").value_or(""),
                  .lineage = json::text(told, "lineage").value_or(""),
                  .copy = json::text(told, "copy").value_or(""),
                  .key = json::text(told, "key").value_or(""),
                  .orphans = json::integer(told, "orphans").value_or(0)};
    for (const auto& [table, proof] : *tables)
        backup.tables.push_back({.table = std::string(table),
                                 .rows = json::integer(proof, "rows").value_or(-1),
                                 .hash = json::text(proof, "hash").value_or("")});
    return backup;
}

}  // namespace

void write_tables(json::Writer& json, const Backup& backup) {
    json.key("tables").begin_object();
    for (const auto& table : backup.tables)
        json.key(table.table)
            .begin_object()
            .member("rows", table.rows)
            .member("hash", table.hash)
            .end_object();
    json.end_object();
}

void write_manifest(const Backup& backup, const UnfinishedFile& manifest) {
    std::ofstream out(manifest.name(), std::ios::binary);
    out << manifest_text(backup) << "\n";
    out.close();
    if (!out) throw cannot_write(backup.file + ".json", errno);
}

std::optional<Backup> manifest_of(const std::string& file) {
    std::ifstream in(file + ".json", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    boost::system::error_code no_json;
    const auto told = boost::json::parse(text, no_json);
    if (no_json) return std::nullopt;
    return read(file, told);
}

}  // namespace dreams::store
