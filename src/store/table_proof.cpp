#include "store/table_proof.h"

#include "base/db_rows.h"
#include "base/packed_file.h"
#include "store/table_shape.h"

namespace dreams::store {
namespace {

TableProof proof_of(Db& db, const TableShape& shape) {
    TableProof proof{.table = shape.name};
    Digest digest;
    digest.add(name_list(shape.columns));
    Rows rows(db, "SELECT " + name_list(shape.columns) + " FROM main." + quoted_name(shape.name) +
                      " ORDER BY " + (shape.rowids ? "rowid" : name_list(shape.key)));
    const int columns = rows.columns();
    std::string bytes;
    for (; rows.step(); ++proof.rows) {
        bytes.clear();
        for (int i = 0; i < columns; ++i) rows.append(i, bytes);
        digest.add(bytes);
    }
    proof.hash = digest.hex();
    return proof;
}

}  // namespace

std::vector<TableProof> prove(Db& db) {
    std::vector<TableProof> proofs;
    for (const auto& table : table_names(db))
        proofs.push_back(proof_of(db, table_shape(db, table)));
    return proofs;
}

}  // namespace dreams::store
