#include "store/unsent.h"

namespace dreams::store {

void keep_unsent(Db& db, const UnsentMessage& message) {
    db.run(R"sql(
        INSERT INTO dreams_unsent (channel, made_at, subject, text, html, link)
        VALUES (:channel, :made_at, :subject, :text, :html, :link))sql",
           {{"channel", message.channel},
            {"made_at", message.made_at},
            {"subject", message.subject},
            {"text", message.text},
            {"html", message.html},
            {"link", message.link}});
}

std::vector<UnsentMessage> unsent_messages(Db& db, Instant since) {
    return db.list<UnsentMessage>("SELECT * FROM dreams_unsent WHERE made_at >= :since ORDER BY id",
                                  {{"since", since}});
}

void drop_unsent(Db& db, std::int64_t id) {
    db.run("DELETE FROM dreams_unsent WHERE id = :id", {{"id", id}});
}

void drop_unsent_before(Db& db, Instant before) {
    db.run("DELETE FROM dreams_unsent WHERE made_at < :before", {{"before", before}});
}

}  // namespace dreams::store
