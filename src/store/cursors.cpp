#include "store/cursors.h"

namespace dreams::store {

Cursor cursor(Db& db, std::string_view source, std::string_view stream) {
    auto found =
        db.one<Cursor>("SELECT * FROM dreams_cursors WHERE source = :source AND stream = :stream",
                       {{"source", source}, {"stream", stream}});
    if (found) return *found;
    return Cursor{.source = std::string(source), .stream = std::string(stream)};
}

void save(Db& db, const Cursor& cursor) {
    db.run("DELETE FROM dreams_cursors WHERE source = :source AND stream = :stream",
           {{"source", cursor.source}, {"stream", cursor.stream}});
    db.add("dreams_cursors", cursor);
}

}  // namespace dreams::store
